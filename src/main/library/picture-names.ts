import type { MediaId } from '../../shared/media.ts'
import type { Db } from './database.ts'

/** Pictures that a name could mean. */
export interface Named {
  id: MediaId
  filename: string
  /** Relative to its folder, with `/`. */
  path: string | null
  folder: string | null
}

/** Far more than one name is ever of, but for cameras that count from the beginning again. */
const alikeMax = 2000

/** Finds pictures by what other programs know of them: hash, path, name of the file. Only reads. */
export function createPictureNames(db: Db) {
  const columns = `m.id, m.filename,
    (SELECT f.path FROM files f WHERE f.folder_id = m.folder_id AND f.source_id = m.source_id) AS path,
    (SELECT root FROM folders WHERE id = m.folder_id) AS folder`
  const byHash = db.prepare<[string], Named>(`SELECT ${columns} FROM media m WHERE m.sha256 = ?`)
  const byId = db.prepare<[number], Named>(`SELECT ${columns} FROM media m WHERE m.id = ?`)
  const byName = db.prepare<[string, number], Named>(
    `SELECT ${columns} FROM media m INDEXED BY media_by_name
     WHERE m.filename = ? COLLATE NOCASE AND m.facets IS NOT NULL LIMIT ?`,
  )

  function named(filename: string): Named[] {
    const alike = byName.all(filename, alikeMax)
    const exact = alike.filter(media => media.filename === filename)
    return exact.length > 0 ? exact : alike
  }

  return {
    byHash: (sha256: string): Named | null => byHash.get(sha256.toLowerCase()) ?? null,
    byId: (id: number): Named | null => byId.get(id) ?? null,

    /** By the name of its file, or a path: from the root of the disk, from the folder, or the end of one. */
    byPath(path: string, folder: string | null = null): Named[] {
      const given = path.replaceAll('\\', '/').replace(/^\.\//, '')
      const filename = given.slice(given.lastIndexOf('/') + 1)
      if (filename === '') return []
      const alike = named(filename).filter(media => folder === null || isSameFolder(media.folder, folder))
      if (!given.includes('/')) return alike
      const exact = alike.filter(media => media.path === given)
      return exact.length > 0 ? exact : alike.filter(media => endsAlike(media, given))
    },
  }
}

const isSameFolder = (root: string | null, folder: string): boolean =>
  root !== null && plainPath(root) === plainPath(folder)

const plainPath = (path: string): string => path.replaceAll('\\', '/').replace(/\/$/, '')

/** One of both is the end of the other. */
function endsAlike({ path, folder }: Named, given: string): boolean {
  const whole = `${plainPath(folder ?? '')}/${path ?? ''}`
  return whole === given || whole.endsWith(`/${given.replace(/^\//, '')}`) || given.endsWith(`/${path}`)
}
