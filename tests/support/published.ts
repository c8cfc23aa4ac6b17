import type { PublishedMedia } from '../../src/main/publishing/index.ts'

/** A picture with these facts and no others. */
export function publishedMedia(given: Partial<PublishedMedia> = {}): PublishedMedia {
  return {
    id: 1,
    version: 'abc',
    filename: 'barn.jpg',
    mimeType: 'image/jpeg',
    status: 'completed',
    width: 30,
    height: 20,
    placeholder: 'AAAA',
    meanColour: '#808080',
    rating: null,
    isRatingOfFile: false,
    ratingInFile: null,
    flag: null,
    label: null,
    isMissing: false,
    failure: null,
    video: null,
    source: 'folder',
    sourceId: 'barn.jpg',
    folder: { id: 1, name: 'Studio', path: '/studio' },
    path: 'barn.jpg',
    otherPaths: [],
    files: [],
    sizeBytes: 1000,
    sha256: 'f'.repeat(64),
    fingerprint: null,
    hasCopy: false,
    keptIn: [],
    publicUrl: null,
    takenAt: null,
    modifiedAt: null,
    createdAt: '2026-11-27T07:00:00Z',
    processedAt: null,
    missingSince: null,
    palette: [],
    light: null,
    frameCount: null,
    hasAlpha: null,
    title: null,
    caption: null,
    artist: null,
    copyright: null,
    camera: null,
    lens: null,
    keywords: [],
    colourProfile: null,
    bitsPerSample: null,
    tags: [],
    description: null,
    words: {},
    suggestions: [],
    analysis: null,
    hasNamesake: false,
    ...given,
  }
}

/** Pages as a library gives them. */
export async function* pagesOf(...pages: PublishedMedia[][]): AsyncGenerator<PublishedMedia[]> {
  yield* pages
}

export async function textOf(texts: AsyncIterable<string>): Promise<string> {
  let whole = ''
  for await (const text of texts) whole += text
  return whole
}
