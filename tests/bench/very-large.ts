import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

const side = 20_000

/** Pictures of 400 megapixels by `vips`. Those sent in passes have to be in memory as a whole: up to 2.4 GB. */
export async function makeVeryLarge(folder: string): Promise<string[]> {
  const [grey, deep, colour] = ['grey.v', 'deep.v', 'colour.v'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const vips = (...args: string[]) => execFileSync('vips', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  vips('grey', grey, String(side), String(side), '--uchar')
  vips('bandjoin', `${grey} ${grey} ${grey}`, colour)
  vips('cast', colour, deep, 'ushort')
  const made: [name: string, save: string[]][] = [
    ['progressive.jpg', ['jpegsave', colour, '--interlace']],
    ['strips.tif', ['tiffsave', colour, '--compression', 'lzw']],
    ['interlaced.png', ['pngsave', colour, '--interlace', '--compression', '1']],
    ['interlaced-16-bits.png', ['pngsave', deep, '--interlace', '--compression', '1', '--bitdepth', '16']],
  ]
  const paths = made.map(([name, [operation, input, ...options]]) => {
    const path = join(folder, name)
    vips(operation as string, input as string, path, ...options)
    return path
  })
  for (const path of [grey, deep, colour]) await rm(path)
  return paths
}
