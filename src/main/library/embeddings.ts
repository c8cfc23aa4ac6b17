import { createHash } from 'node:crypto'
import type { MediaId } from '../../shared/media.ts'
import type { Db } from './database.ts'
import { saidText } from './said.ts'
import { createSuggestions } from './suggestions.ts'
import { quantised } from './vectors.ts'

export interface Unembedded {
  mediaId: MediaId
  /** What is said of the picture, a person's words before an analyser's. */
  text: string
  textHash: string
}

/** No more of it is sent, see `embedder.ts`. */
const textMax = 2000
/** Looked at in one transaction. */
const batchSize = 500

/**
 * What descriptions mean, for comparing. Filing a picture marks it as due; whether its text is really another one is seen when
 * its turn comes, so that a picture that only moved costs nothing.
 */
export function createEmbeddings(db: Db) {
  const suggestions = createSuggestions(db)
  const modelKept = db.prepare<[], string>(`SELECT value FROM settings WHERE name = 'embeddedBy'`).pluck()
  const keepModel = db.prepare<[string]>(`INSERT OR REPLACE INTO settings (name, value) VALUES ('embeddedBy', ?)`)
  const allDue = db.prepare(
    'INSERT OR IGNORE INTO embeddings_due SELECT id FROM media INDEXED BY media_shown WHERE facets IS NOT NULL',
  )
  const countDue = db.prepare<[], number>('SELECT count(*) FROM embeddings_due').pluck()
  const nextDue = db.prepare<[number], number>('SELECT media_id FROM embeddings_due ORDER BY media_id LIMIT ?').pluck()
  const settle = db.prepare<[number]>('DELETE FROM embeddings_due WHERE media_id = ?')
  const tagsOf = db
    .prepare<[number], string>(
      'SELECT DISTINCT t.name FROM media_tags mt JOIN tags t ON t.id = mt.tag_id WHERE mt.media_id = ? ORDER BY t.name',
    )
    .pluck()
  const hashOf = db
    .prepare<[number, string], string>('SELECT text_hash FROM embeddings WHERE media_id = ? AND model = ?')
    .pluck()
  const put = db.prepare('INSERT OR REPLACE INTO embeddings (media_id, model, text_hash, vector) VALUES (?, ?, ?, ?)')
  const isThere = db.prepare<[number], { found: 1 }>('SELECT 1 AS found FROM media WHERE id = ?')

  function describe(mediaId: MediaId): Unembedded {
    const words = saidText(suggestions.saidOf(mediaId))
    const text = [...words, tagsOf.all(mediaId).join(', ')].filter(Boolean).join('\n').slice(0, textMax)
    return { mediaId, text, textHash: createHash('sha256').update(text).digest('hex').slice(0, 32) }
  }

  return {
    /** Everything has to be compared by this model from now on. What it made of the same text before is not made again. */
    use: db.transaction((model: string): void => {
      if (modelKept.get() === JSON.stringify(model)) return
      keepModel.run(JSON.stringify(model))
      allDue.run()
    }),

    /** Whether everything is compared by this model, or due. */
    isUsedBy: (model: string): boolean => modelKept.get() === JSON.stringify(model),

    /**
     * At most `limit` pictures whose text this model has not embedded. A bounded number of due ones is looked at, so there may
     * be none among them; null: nothing is due any more.
     */
    lacking: db.transaction((model: string, limit: number): Unembedded[] | null => {
      const due = nextDue.all(batchSize)
      const found: Unembedded[] = []
      for (const mediaId of due) {
        const described = describe(mediaId)
        const isSame = described.text === '' || hashOf.get(mediaId, model) === described.textHash
        if (isSame) settle.run(mediaId)
        else found.push(described)
        if (found.length >= limit) break
      }
      return due.length === 0 ? null : found
    }),

    /** Its text cannot be embedded: it is not asked for again until it is another one. */
    passOver(mediaId: MediaId): void {
      settle.run(mediaId)
    },

    record: db.transaction(
      (model: string, made: readonly (Omit<Unembedded, 'text'> & { vector: Float32Array })[]): void => {
        for (const { mediaId, textHash, vector } of made) {
          if (!isThere.get(mediaId)) continue
          const bytes = quantised(vector)
          put.run(mediaId, model, textHash, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
          // Its text may have changed while the model was asked: then it is due as before.
          if (describe(mediaId).textHash === textHash) settle.run(mediaId)
        }
      },
    ),

    /** Pictures whose text may have changed since. */
    countDue: () => countDue.get() ?? 0,
  }
}
