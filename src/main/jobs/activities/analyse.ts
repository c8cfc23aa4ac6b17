import type { AnalysisSubject } from '../../analysis/index.ts'
import type { FileRow, MediaRow } from '../../library/index.ts'
import type { JobRooms } from '../rooms.ts'
import { unfinishedFile } from './places.ts'

/** Asks the analyser what the picture shows. An analysis that fails is recorded as such and never fails the picture. */
export async function analyse(rooms: JobRooms, fileId: number): Promise<void> {
  const { library, analyser } = rooms
  const file = unfinishedFile(rooms, fileId)
  const media = file?.mediaId ? library.media.get(file.mediaId) : null
  if (!file || !media || library.media.isAnalysed(media.id, analyser.name, analyser.version)) return
  const said = { analyser: analyser.name, version: analyser.version }
  try {
    const { result, tags } = await analyser.analyse(subjectOf(rooms, file, media))
    library.media.recordAnalysis(media.id, { ...said, result, failure: null, tags })
  } catch (cause) {
    const failure = cause instanceof Error ? cause.message : String(cause)
    library.media.recordAnalysis(media.id, { ...said, result: null, failure, tags: [] })
  }
}

function subjectOf({ library }: JobRooms, file: FileRow, media: MediaRow): AnalysisSubject {
  const { metadata, filename, mimeType } = media
  if (!metadata) throw new Error('The picture was not measured yet.')
  return {
    filename,
    mimeType,
    // The imported folder's own name says as much of its pictures as the names below it.
    folders: [library.folders.get(file.folderId)?.name ?? '', ...file.path.split('/').slice(0, -1)],
    width: media.width ?? 0,
    height: media.height ?? 0,
    frameCount: metadata.frameCount,
    hasAlpha: metadata.hasAlpha,
    palette: metadata.palette as AnalysisSubject['palette'],
    light: metadata.light,
    takenAt: metadata.takenAt ?? null,
    title: metadata.title ?? null,
    caption: metadata.caption ?? null,
    keywords: metadata.keywords,
    artist: metadata.artist ?? null,
    camera: metadata.camera ?? null,
  }
}
