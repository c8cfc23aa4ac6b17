import type { OpenedPicture } from './open-picture.ts'
import type { EmbeddedFacts } from './port.ts'

export async function readEmbedded(_path: string, { metadata }: OpenedPicture): Promise<EmbeddedFacts> {
  return {
    keywords: [],
    ...(metadata.orientation && { orientation: metadata.orientation }),
    ...(metadata.bitsPerSample && { bitsPerSample: metadata.bitsPerSample }),
  }
}
