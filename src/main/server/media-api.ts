import type { Context } from 'hono'
import { z } from 'zod'
import { mediaFilterSchema, mediaSortSchema } from '../../shared/media.ts'
import type { MediaRecords } from './parts.ts'

const several = z.preprocess(value => (typeof value === 'string' ? [value] : value), mediaFilterSchema.shape.tags)

/** The query of `GET /api/media`. `date` is a year, month or day; `tag` and `colour` may be given several times. */
const querySchema = z.object({
  status: mediaFilterSchema.shape.status,
  source: mediaFilterSchema.shape.source,
  tag: several,
  colour: z.preprocess(value => (typeof value === 'string' ? [value] : value), mediaFilterSchema.shape.colours),
  date: mediaFilterSchema.shape.takenFrom,
  from: mediaFilterSchema.shape.takenFrom,
  to: mediaFilterSchema.shape.takenTo,
  text: z.string().max(500).optional(),
  sort: mediaSortSchema.default('newest'),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

/** `GET /api/media`: `{ media, pagination }`. */
export async function listMedia(c: Context, records: MediaRecords): Promise<Response> {
  const query = querySchema.safeParse(singleOrList(c.req.queries()))
  if (!query.success) {
    const error = query.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    return c.json({ error }, 400)
  }
  const { status, source, tag, colour, date, from, to, text, sort, cursor, limit } = query.data
  const filter = { status, source, tags: tag, colours: colour, takenFrom: date ?? from, takenTo: date ?? to, text }
  const { media, nextCursor, total, isTotalBounded } = await records.page(filter, sort, cursor ?? null, limit)
  const pagination = { limit, total, isTotalBounded, nextCursor, hasMore: nextCursor !== null }
  return c.json({ media, pagination })
}

function singleOrList(queries: Record<string, string[]>): Record<string, string | string[] | undefined> {
  return Object.fromEntries(
    Object.entries(queries).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  )
}
