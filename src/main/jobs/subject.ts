import type { AnalysisSubject } from '../analysis/index.ts'
import type { Library, MediaRow } from '../library/index.ts'

/** What is known of a picture, for an analyser. */
export function subjectOf(
  { folders }: Pick<Library, 'folders'>,
  media: MediaRow,
  place: { folderId: number | null; path: string },
): AnalysisSubject {
  const { metadata, filename, mimeType } = media
  if (!metadata) throw new Error('The picture was not measured yet.')
  const folder = place.folderId === null ? null : folders.get(place.folderId)
  return {
    filename,
    mimeType,
    // The imported folder's own name says as much of its pictures as the names below it.
    folders: [folder?.name ?? '', ...place.path.split('/').slice(0, -1)],
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
