import { smallPicture, writeFiles } from './drawn-folder.ts'
import { makeTempFolder } from './temp-folder.ts'

/** A folder of small pictures, each another one; removed at the end. */
export async function makeSomePictures(count: number, first = 0): Promise<string> {
  const folder = await makeTempFolder('some-pictures')
  const names = Array.from({ length: count }, (_, i) => `picture ${String(i + 1).padStart(4, '0')}.jpg`)
  const entries = await Promise.all(names.map(async (name, i) => [name, await smallPicture(first + i)] as const))
  await writeFiles(folder, Object.fromEntries(entries))
  return folder
}
