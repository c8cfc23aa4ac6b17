import type { HistoryEntry } from '../../shared/calls/files.ts'
import type { MediaId } from '../../shared/media.ts'
import type { Db } from './database.ts'

interface ArrivalRow {
  at: string
  missingSince: string | null
  folder: string | null
  path: string | null
}

interface AnalysisRow {
  at: string
  model: string | null
  failure: string | null
}

/** What was done last is of interest, not all of years. */
const commandsMost = 30

/** What happened to a picture, newest first: when it came, who described it, what a person did to it. */
export function createPictureHistory(db: Db) {
  const arrivalOf = db.prepare<[number], ArrivalRow>(
    `SELECT m.created_at AS at, m.missing_since AS missingSince, d.name AS folder, f.path
     FROM media m
     LEFT JOIN files f ON f.id = (SELECT min(id) FROM files WHERE media_id = m.id)
     LEFT JOIN folders d ON d.id = f.folder_id WHERE m.id = ?`,
  )
  const analysesOf = db.prepare<[number], AnalysisRow>(
    'SELECT created_at AS at, model, failure FROM analyses WHERE media_id = ?',
  )
  const commandsOf = db.prepare<[number, number], { at: string; title: string }>(
    `SELECT c.made_at AS at, c.title FROM command_pictures p JOIN commands c ON c.id = p.command_id
     WHERE p.media_id = ? AND c.is_undone = 0 ORDER BY p.command_id DESC LIMIT ?`,
  )

  return function pictureHistory(id: MediaId): HistoryEntry[] | null {
    const arrival = arrivalOf.get(id)
    if (!arrival) return null
    const { missingSince, folder, path } = arrival
    const entries: HistoryEntry[] = [
      ...commandsOf.all(id, commandsMost).map(({ at, title }) => ({ kind: 'command' as const, at, title })),
      ...analysesOf.all(id).map(row => ({ kind: 'described' as const, ...row })),
      { kind: 'arrived', at: `${arrival.at.replace(' ', 'T')}Z`, folder, path },
    ]
    if (missingSince !== null) entries.push({ kind: 'missing', at: missingSince })
    return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  }
}
