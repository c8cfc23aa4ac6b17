import { join } from 'node:path'
import type { AnalysisSubject } from '../../analysis/index.ts'
import { PictureRefused } from '../../imaging/index.ts'
import { framePaths, type MediaRow, previewPath } from '../../library/index.ts'
import type { JobRooms } from '../rooms.ts'
import { subjectOf } from '../subject.ts'

/** The most that leaves this computer of a picture: its long side in pixels. */
const sentSide = 1536
/** Of frames of a video, which come beside its poster. */
const sentFrameSide = 1024

export type ReadyMedia = MediaRow & { sha256: string }

/** Why a picture cannot be asked about. Its own fault, and no analyser's. */
export interface NotReady {
  code: 'not-ready'
  message: string
}

/** The picture, where it is complete; or why it cannot be asked about. */
export function readyMedia({ library }: Pick<JobRooms, 'library'>, mediaId: number): ReadyMedia | NotReady {
  const media = library.media.get(mediaId)
  if (media?.status === 'completed' && media.sha256 !== null && media.previewedSha256 === media.sha256) {
    return { ...media, sha256: media.sha256 }
  }
  if (media?.status === 'completed' && media.metadata?.video) {
    return { code: 'not-ready', message: 'Nothing of this video can be shown, so no model can look at it.' }
  }
  return { code: 'not-ready', message: 'The picture is being imported again. Describe it when that is done.' }
}

/** Frames of a video that are sent besides its poster. */
export const framesOf = ({ metadata }: MediaRow): number => metadata?.video?.frames ?? 0

export const isReady = (media: ReadyMedia | NotReady): media is ReadyMedia => 'sha256' in media

/** With a small copy that has no metadata, never the original. @throws {PictureRefused} where its preview is not there. */
export async function subjectWithPicture(
  { library, imaging }: Pick<JobRooms, 'library' | 'imaging'>,
  media: ReadyMedia,
): Promise<AnalysisSubject> {
  const preview = join(library.layout.folder, previewPath(media.sha256, 'preview'))
  const picture = await imaging.reduce(preview, { longSide: sentSide })
  const paths = framePaths(media.sha256).slice(0, framesOf(media))
  const reduce = (path: string) => imaging.reduce(join(library.layout.folder, path), { longSide: sentFrameSide })
  const frames = await Promise.all(paths.map(reduce))
  const { folderId } = media
  return {
    ...subjectOf(library, media, { folderId, path: library.detail(media.id)?.path ?? '' }),
    picture,
    ...(frames.length > 0 && { frames }),
  }
}

/** @returns null where it is nothing about this picture. */
export function whyWithoutPicture(cause: unknown): NotReady | null {
  if (!(cause instanceof PictureRefused)) return null
  return { code: 'not-ready', message: `Its preview cannot be read (${cause.message}) Import its folder again.` }
}
