import type { JobRooms } from '../rooms.ts'
import { subjectOf } from '../subject.ts'
import { unfinishedFile } from './places.ts'

/** Asks the built-in analyser what the picture shows. An analysis that fails is recorded as such and never fails the picture. */
export async function analyse(rooms: JobRooms, fileId: number): Promise<void> {
  const { library, analyser } = rooms
  const file = unfinishedFile(rooms, fileId)
  const media = file?.mediaId ? library.media.get(file.mediaId) : null
  if (!file || !media || library.media.isAnalysed(media.id, analyser.name, analyser.version)) return
  const said = { analyser: analyser.name, version: analyser.version }
  try {
    const { result, tags } = await analyser.analyse(subjectOf(library, media, file))
    library.media.recordAnalysis(media.id, { ...said, result, failure: null, tags })
  } catch (cause) {
    const failure = cause instanceof Error ? cause.message : String(cause)
    library.media.recordAnalysis(media.id, { ...said, result: null, failure, tags: [] })
  }
}
