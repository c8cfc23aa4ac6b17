import { protocol } from 'electron'
import { type PictureFiles, servePageTo, servePicturesTo } from '../server/index.ts'
import { pageScheme, pictureScheme } from './addresses.ts'

export interface ProtocolParts {
  /** The built page. */
  pageFolder: string
  /** The page may ask before the library is open. */
  pictures: Promise<PictureFiles>
  report(error: unknown): void
}

/** Answers the page's own files, and pictures by their ids: no path ever comes in. */
export function serveSchemes({ pageFolder, pictures, report }: ProtocolParts): void {
  const servePage = servePageTo({ pageFolder, report }, `${pictureScheme}:`)
  const servePictures = pictures.then(files => servePicturesTo(files, report))
  protocol.handle(pageScheme, request => servePage(request))
  protocol.handle(pictureScheme, async request => (await servePictures)(request))
}
