import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, lstat, mkdir, readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Debian's package openclipart-png: 8,121 names in 167 folders, 1,221 of them links to others. */
const clipArtFolder = '/usr/share/openclipart/png'
export const whyNoClipArt = existsSync(clipArtFolder) ? null : 'Debian’s package openclipart-png is not installed'

/** Beyond that, two of the corpus, a picture is not opened. */
const mostPixels = 512_000_000

/** What the disk says of a picture, without any of the program's code. */
export interface ClipArt {
  /** Within the corpus. */
  path: string
  name: string
  bytes: number
  pixels: number
  sha256: string
}

export interface Corpus {
  folder: string
  /** All that lie in it, links included. */
  count: number
  links: number
  /** No two with the same bytes. */
  pictures: ClipArt[]
  tooLarge: ClipArt[]
}

const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter(name => name.endsWith('.png')).sort()

/** The corpus itself, or about `count` of it copied into a folder: some of every folder, and what cannot be opened. */
export async function clipArt(copy?: { to: string; count: number }): Promise<Corpus> {
  if (copy) await copySome(copy.to, copy.count)
  const folder = copy?.to ?? clipArtFolder
  const names = await namesIn(folder)
  const read = (await Promise.all(names.map(path => look(folder, path)))).filter(each => each !== null)
  const all = [...new Map(read.map(each => [each.sha256, each])).values()]
  return {
    folder,
    count: names.length,
    links: names.length - read.length,
    pictures: all.filter(({ pixels }) => pixels <= mostPixels),
    tooLarge: all.filter(({ pixels }) => pixels > mostPixels),
  }
}

async function look(folder: string, path: string): Promise<ClipArt | null> {
  const file = join(folder, path)
  if ((await lstat(file)).isSymbolicLink()) return null
  const bytes = await readFile(file)
  return {
    path,
    name: basename(path),
    bytes: bytes.length,
    // A PNG begins with its width and height.
    pixels: bytes.readUInt32BE(16) * bytes.readUInt32BE(20),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

async function copySome(target: string, count: number): Promise<void> {
  const names = await namesIn(clipArtFolder)
  const firstOfFolders = new Map(names.toReversed().map(name => [dirname(name), name])).values()
  const step = names.length / count
  const spread = Array.from({ length: count }, (_, i) => names[Math.floor(i * step)] as string)
  const tooLarge = 'transportation/roadsigns/stop_sign_right_font_mig_.png'
  for (const name of new Set([...firstOfFolders, ...spread, tooLarge])) {
    await mkdir(dirname(join(target, name)), { recursive: true })
    await cp(join(clipArtFolder, name), join(target, name), { verbatimSymlinks: true })
  }
}
