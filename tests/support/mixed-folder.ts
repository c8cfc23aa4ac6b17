import { badFiles, smallPicture, writeFiles } from './drawn-folder.ts'

/**
 * A folder of everything an import meets: pictures in nested folders and several formats, the same bytes in several places,
 * names that lie about the format, and files that cannot be imported.
 * @returns how many files there are.
 */
export async function drawMixedFolder(folder: string, pictureCount: number): Promise<number> {
  const formats = ['jpeg', 'png', 'webp'] as const
  const files: Record<string, Buffer | string> = {}
  for (let i = 0; i < pictureCount; i += 1) {
    const format = formats[i % 3] as (typeof formats)[number]
    const bytes = await smallPicture(i, format)
    files[`${'deeper/'.repeat(i % 4)}series ${i % 5}/picture ${i}.${format}`] = bytes
    if (i % 16 === 0) files[`again/${i} again.${format}`] = bytes
    if (i % 48 === 0) files[`series ${i % 5}/picture ${i} copy.${format}`] = bytes
  }
  files['named png.png'] = await smallPicture(5001, 'jpeg')
  files['named jpg.jpg'] = await smallPicture(5002, 'webp')
  files['no extension'] = await smallPicture(5003)
  files['words without extension'] = 'no picture'
  files['notes.txt'] = 'no picture'
  files['.hidden.jpg'] = await smallPicture(5004)
  for (const [name, { bytes }] of Object.entries(await badFiles())) {
    files[name] = bytes
    files[`bad again/${name.slice(4)}`] = bytes
  }
  await writeFiles(folder, files)
  return Object.keys(files).length
}
