import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { mediaIdSchema } from '../../shared/media.ts'
import { createCalls, isCallName } from './calls.ts'
import { startDriveSync } from './drive-api.ts'
import { streamEvents } from './event-stream.ts'
import { listMedia } from './media-api.ts'
import { createPage } from './page.ts'
import type { ServerParts } from './parts.ts'
import { servePicture } from './picture-files.ts'
import { openSession, ownAddressOnly, safeHeaders, tokenOnly } from './security.ts'

const limitBody = bodyLimit({
  maxSize: 1024 * 1024,
  // What was not read of the body must not be taken for the next request.
  onError: c => c.text('That is more than is accepted here.', 413, { connection: 'close' }),
})
const sessionSchema = z.object({ token: z.string().max(200) })

/** Everything that is served at an address, as a function from Request to Response. */
export function createWebApp(parts: ServerParts) {
  const { handlers, subscribe, pictures, records, report, token } = parts
  const answerCall = createCalls(handlers, report)
  const app = new Hono()
  app.use(safeHeaders(), ownAddressOnly)

  app.post('/api/session', limitBody, async c => {
    const body = sessionSchema.safeParse(await c.req.json().catch(() => null))
    return openSession(c, body.success ? body.data.token : '', token)
  })
  app.all('/api/inngest', c => parts.engineEndpoint(c.req.raw))

  app.use('/api/*', tokenOnly(token), limitBody)
  app.use('/media/*', tokenOnly(token))
  app.post('/api/call/:name', async c => {
    const name = c.req.param('name')
    const input = await c.req.json().catch(() => undefined)
    return c.json(await answerCall(name, input), isCallName(name) ? 200 : 404)
  })
  app.get('/api/events', c => streamEvents(c, subscribe))
  app.get('/api/inngest/status', c => c.json(records.status()))
  app.post('/api/drive/sync', c => startDriveSync(c, parts))
  app.get('/api/media', c => listMedia(c, records))
  app.get('/api/media/:id', c => {
    const id = mediaIdSchema.safeParse(Number(c.req.param('id')))
    const media = id.success ? records.get(id.data) : null
    return media ? c.json({ media }) : c.json({ error: 'There is no such media.' }, 404)
  })
  app.get('/media/:id/:kind', c => servePicture(c, pictures))
  app.get('*', createPage(parts.pageFolder))

  app.notFound(c => c.text('Not found', 404))
  app.onError((error, c) => {
    report(error)
    return c.text('Something went wrong inside Burg Ink.', 500)
  })
  return app
}
