import { join } from 'node:path'

/** Where things are in a library folder. Everything the database stores about them is relative to it. */
export function libraryLayout(folder: string) {
  return {
    folder,
    database: join(folder, 'library.db'),
    jobs: join(folder, 'jobs.db'),
    /** What runs did. */
    runs: join(folder, 'runs.db'),
    lock: join(folder, 'library.lock'),
    lockOwner: join(folder, 'library.lock.json'),
    backups: join(folder, 'backups'),
    /** Written when a large database was last found sound, all of it. */
    checkMark: join(folder, 'library.checked'),
    previews: join(folder, 'previews'),
    /** Originals of remote sources while they are being fetched, one file for each of `files`. */
    incoming: join(folder, '.incoming'),
    /** A table while it is imported that came through the page and is no file of this disk. */
    tables: join(folder, '.tables'),
    store: folder,
  }
}

export type LibraryLayout = ReturnType<typeof libraryLayout>

export const previewKinds = ['preview', 'thumbnail'] as const
export type PreviewKind = (typeof previewKinds)[number]

/** Of the frames of a video besides its poster. */
const framesMax = 3

/** All there can be, relative to the library. */
export function framePaths(sha256: string): string[] {
  return Array.from(
    { length: framesMax },
    (_, index) => `previews/${sha256.slice(0, 2)}/${sha256}.frame-${index + 1}.webp`,
  )
}

/** Relative to the library. 256 folders keep half a million pictures at 4,000 files a folder. */
export function previewPath(sha256: string, kind: PreviewKind): string {
  return `previews/${sha256.slice(0, 2)}/${sha256}.${kind}.webp`
}
