import type { Context } from 'hono'
import { CallFailed } from '../../shared/contract.ts'
import { mediaIdSchema } from '../../shared/media.ts'
import { type PictureFile, type PictureFiles, type PictureKind, pictureKinds } from './parts.ts'
import { serveFile, serveStream } from './serve-file.ts'

/** `GET /media/:id/:kind`. With the version of the bytes in the address they are kept for ever, without it never. */
export async function servePicture(c: Context, pictures: PictureFiles): Promise<Response> {
  const id = mediaIdSchema.safeParse(Number(c.req.param('id')))
  const kind = pictureKinds.find(name => name === c.req.param('kind'))
  const file = id.success && kind ? pictures.find(id.data, kind) : null
  if (!file || !kind) return c.text('Not found', 404)
  const isVersioned = file.version !== '' && c.req.query('v') === file.version
  const headers = headersOf(file, kind, isVersioned)
  if (file.path !== null) return serveFile(c.req.raw, file.path, headers)
  try {
    // Through here and not by a redirect: the page loads nothing from elsewhere, and no signed address leaves the program.
    return await serveStream(c.req.raw, file, headers)
  } catch (cause) {
    if (cause instanceof CallFailed) return c.text(cause.message, 503)
    throw cause
  }
}

function headersOf(file: PictureFile, kind: PictureKind, isVersioned: boolean): Record<string, string> {
  return {
    'content-type': file.mimeType,
    'cache-control': isVersioned ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    // Bytes that were never read have no version, and could be others the next time.
    ...(file.version !== '' && { etag: `"${file.version}-${kind}"` }),
    'content-disposition': disposition(kind, file.filename),
    // A picture opened by itself is a document of this origin, and an SVG can hold a script.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  }
}

/** RFC 6266: the name in its own characters, for "save as". */
function disposition(kind: PictureKind, filename: string): string {
  const name = kind === 'original' ? filename : `${filename}.webp`
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, c => `%${c.charCodeAt(0).toString(16)}`)
  return `inline; filename*=UTF-8''${encoded}`
}
