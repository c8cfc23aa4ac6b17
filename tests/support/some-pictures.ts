import { smallPicture, writeFiles } from './drawn-folder.ts'

/** Fills a folder with small pictures, each another one. @returns the folder. */
export async function drawSomePictures(folder: string, count: number, first = 0): Promise<string> {
  const names = Array.from({ length: count }, (_, i) => `picture ${String(i + 1).padStart(4, '0')}.jpg`)
  const entries = await Promise.all(names.map(async (name, i) => [name, await smallPicture(first + i)] as const))
  await writeFiles(folder, Object.fromEntries(entries))
  return folder
}
