import { derivePicture, type TakeTurn } from './derive.ts'
import { readHead } from './open-picture.ts'
import type { DerivedPicture, PreviewTargets } from './port.ts'
import type { ChildSettings } from './protocol.ts'
import { sniff } from './sniff.ts'
import { deriveVideo } from './video/derive-video.ts'

/** The whole work on one original, which is a picture or a video by its content. */
export async function deriveMedia(
  originalPath: string,
  targets: PreviewTargets,
  settings: ChildSettings,
  takeTurn: TakeTurn,
): Promise<DerivedPicture> {
  const found = sniff(readHead(originalPath).head)
  if (found && 'video' in found) return deriveVideo(originalPath, found.video, targets, settings)
  return derivePicture(originalPath, targets, settings.limits, takeTurn)
}
