import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Debian packages openclipart-png, plasma-workspace-wallpapers and gnome-backgrounds. */
const clipArtFolder = '/usr/share/openclipart/png'
const wallpaperFolders = ['/usr/share/wallpapers', '/usr/share/backgrounds']

/**
 * Real pictures: `count` of clip art, spread evenly, and the same part of all wallpapers, among them one of 231
 * megapixels. With 2,000 it is the whole set.
 */
export async function listBenchPictures(count = 2_000): Promise<string[]> {
  const clipArt = await listPictures(clipArtFolder)
  const wallpapers = (await Promise.all(wallpaperFolders.map(listPictures))).flat()
  return [...pick(clipArt, count), ...pick(wallpapers, Math.ceil((wallpapers.length * Math.min(count, 2_000)) / 2_000))]
}

async function listPictures(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile() && /\.(png|jpe?g|webp|svg)$/i.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

function pick(files: string[], count: number): string[] {
  const step = Math.max(1, files.length / count)
  return Array.from({ length: Math.min(count, files.length) }, (_, index) => files[Math.floor(index * step)] as string)
}
