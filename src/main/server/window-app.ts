import { Hono } from 'hono'
import { createPage } from './page.ts'
import type { PictureFiles, ServerParts } from './parts.ts'
import { servePicture } from './picture-files.ts'
import { contentSecurityPolicy, safeHeaders } from './security.ts'

type Serve = (request: Request) => Response | Promise<Response>

/**
 * The page for a window of our own, by a scheme that only this window reaches: no token, no address.
 * @param pictures the scheme its pictures come by, such as `media:`.
 */
export function servePageTo(
  { pageFolder, report }: Pick<ServerParts, 'pageFolder' | 'report'>,
  pictures: string,
): Serve {
  const app = new Hono()
  app.use(safeHeaders(contentSecurityPolicy(pictures)))
  app.get('*', createPage(pageFolder))
  return finish(app, report)
}

/** `/:id/:kind` of any host, with Range: what `/media/:id/:kind` is for a browser. The page is of another scheme. */
export function servePicturesTo(pictures: PictureFiles, report: (error: unknown) => void): Serve {
  const app = new Hono()
  app.use(safeHeaders(contentSecurityPolicy(), 'cross-origin'))
  app.get('/:id/:kind', c => servePicture(c, pictures))
  return finish(app, report)
}

function finish(app: Hono, report: (error: unknown) => void): Serve {
  app.notFound(c => c.text('Not found', 404))
  app.onError((error, c) => {
    report(error)
    return c.text('Something went wrong inside Burg Ink.', 500)
  })
  return app.fetch
}
