import { join } from 'node:path'
import ExifReader from 'exifreader'
import { type Imaging, PictureRefused } from '../imaging/index.ts'
import { type Library, previewPath } from '../library/index.ts'
import type { WorkPicture } from '../publishing/index.ts'

/** Pictures of works for print and for the web, from their previews, so that nothing waits for a cloud. */
export function createWorkPicture(library: Library, imaging: Pick<Imaging, 'reduce'>): WorkPicture {
  return async (id, longestEdge) => {
    const sha256 = library.media.get(id)?.previewedSha256
    if (!sha256) return null
    try {
      const path = join(library.layout.folder, previewPath(sha256, 'preview'))
      const jpeg = await imaging.reduce(path, { longSide: longestEdge })
      const { file } = ExifReader.load(jpeg as Buffer, { expanded: true })
      return { jpeg, width: Number(file?.['Image Width']?.value), height: Number(file?.['Image Height']?.value) }
    } catch (cause) {
      if (cause instanceof PictureRefused) return null
      throw cause
    }
  }
}
