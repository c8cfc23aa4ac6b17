import sharp from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { type ColourName, colourNames } from '../../src/shared/colours.ts'
import type { MediaDetail, MediaFilter, MediaSort, MediaTile } from '../../src/shared/media.ts'
import { type LedgerEntry, type Sync, syncSchema } from '../../src/shared/syncs.ts'

/** A picture as the page gets it, in the two sizes, with what the tile says of it. */
interface Motif {
  width: number
  height: number
  placeholder: string
  meanColour: string
  thumbnail: Buffer
  preview: Buffer
}

const shapes = [
  [3000, 2000],
  [2000, 3000],
  [2400, 2400],
  [4000, 1600],
  [1600, 2133],
  [1920, 1080],
] as const

/** Repeatable noise in 0..1, so that every run of a benchmark sees the same pictures. */
function noise(seed: number): number {
  const value = Math.sin(seed * 127.1 + 311.7) * 43758.5453
  return value - Math.floor(value)
}

function drawing(seed: number, width: number, height: number): Buffer {
  const hue = Math.round(noise(seed) * 360)
  const blobs = Array.from({ length: 9 }, (_, i) => {
    const at = (k: number): number => noise(seed * 31 + i * 7 + k)
    const colour = `hsl(${(hue + at(1) * 90) % 360} ${Math.round(25 + at(2) * 60)}% ${Math.round(20 + at(3) * 60)}%)`
    return `<ellipse cx="${at(4) * 100}%" cy="${at(5) * 100}%" rx="${8 + at(6) * 35}%" ry="${6 + at(7) * 30}%" fill="${colour}" opacity="0.85"/>`
  })
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="hsl(${hue} 30% ${20 + noise(seed + 9) * 55}%)"/>${blobs.join('')}</svg>`,
  )
}

async function makeMotif(seed: number): Promise<Motif> {
  const [width, height] = shapes[seed % shapes.length] as readonly [number, number]
  const grain = { width: 512, height: 512, channels: 3 as const, background: '#808080' }
  const noiseLayer = await sharp({ create: { ...grain, noise: { type: 'gaussian', mean: 128, sigma: 24 } } })
    .png()
    .toBuffer()
  // Some grain, so that thumbnails weigh and decode like photographs and not like flat drawings.
  // Raw in between: the same picture is made small four times, and a PNG would be packed once and unpacked each time.
  const { data, info } = await sharp(drawing(seed, Math.round(width / 2), Math.round(height / 2)))
    .composite([{ input: noiseLayer, tile: true, blend: 'soft-light' }])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const full = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  const small = await full().resize(90, 90, { fit: 'inside' }).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const { dominant } = await full().stats()
  const hex = [dominant.r, dominant.g, dominant.b].map(part => part.toString(16).padStart(2, '0')).join('')
  return {
    width,
    height,
    placeholder: Buffer.from(rgbaToThumbHash(small.info.width, small.info.height, small.data)).toString('base64'),
    meanColour: `#${hex}`,
    thumbnail: await full().resize(512, 512, { fit: 'inside' }).webp({ quality: 78 }).toBuffer(),
    preview: await full().resize(2048, 2048, { fit: 'inside' }).webp({ quality: 80, effort: 1 }).toBuffer(),
  }
}

/** A library in memory: enough of one for the page to show everything it can. */
export interface BenchLibrary {
  items: readonly MediaTile[]
  motifOf: (id: number) => Motif
  find: (filter: MediaFilter, sort: MediaSort) => readonly MediaTile[]
  detailOf: (tile: MediaTile) => MediaDetail
  syncs: Sync[]
  ledgerOf: (sync: Sync) => LedgerEntry[]
}

const motifCount = 48
const tags = ['harbour', 'portrait', 'study', 'night', 'ink', 'sketch', 'market', 'rain', 'window', 'garden', 'hands']
const corrupt = {
  code: 'corrupt',
  message: 'The picture is damaged and could not be decoded. Restore it from a backup, then retry.',
}

function makeTile(id: number, motif: Motif): MediaTile {
  const isFailed = id % 97 === 13
  return {
    id,
    version: `v${id % motifCount}`,
    filename: `${tags[id % tags.length]}-${String(id).padStart(6, '0')}.jpg`,
    mimeType: 'image/jpeg',
    status: isFailed ? 'failed' : 'completed',
    width: isFailed ? null : motif.width,
    height: isFailed ? null : motif.height,
    placeholder: isFailed ? null : motif.placeholder,
    meanColour: isFailed ? null : motif.meanColour,
    rating: id % 11 === 0 ? 1 + (id % 5) : null,
    flag: null,
    label: null,
    isMissing: id % 61 === 7,
    failure: isFailed ? corrupt : null,
    video: null,
  }
}

const tagsOf = (id: number): string[] => [tags[id % tags.length], tags[(id * 7 + 3) % tags.length]] as string[]
const coloursOf = (id: number): ColourName[] =>
  [1, 5, 9].map(step => colourNames[(id * step) % colourNames.length] as ColourName)
const yearOf = (id: number): string => String(2012 + (id % 13))

function matches(tile: MediaTile, filter: MediaFilter): boolean {
  return (
    (!filter.status || tile.status === filter.status) &&
    (!filter.isMissing || tile.isMissing) &&
    (!filter.text || tile.filename.includes(filter.text.toLowerCase())) &&
    (filter.tags ?? []).every(tag => tagsOf(tile.id).includes(tag)) &&
    (filter.colours ?? []).every(colour => coloursOf(tile.id).includes(colour)) &&
    (!filter.takenFrom || yearOf(tile.id) >= filter.takenFrom.slice(0, 4)) &&
    (!filter.takenTo || yearOf(tile.id) <= filter.takenTo.slice(0, 4))
  )
}

function makeDetail(tile: MediaTile): MediaDetail {
  const isFailed = tile.status === 'failed'
  return {
    ...tile,
    isRatingOfFile: true,
    ratingInFile: tile.rating,
    source: 'folder',
    sourceId: null,
    folder: { id: 1, name: 'Pictures', path: '/home/ada/Pictures' },
    path: `${yearOf(tile.id)}/${tile.filename}`,
    otherPaths: tile.id % 5 === 0 ? [`backup/${tile.filename}`] : [],
    files: [],
    sizeBytes: 1_200_000 + (tile.id % 900) * 10_000,
    sha256: '3b1f'.repeat(16),
    fingerprint: 'c3d2e1f0a9b8c7d6',
    hasCopy: false,
    keptIn: [],
    publicUrl: null,
    takenAt: isFailed ? null : `${yearOf(tile.id)}-05-03T14:12:00`,
    modifiedAt: '2024-05-03T14:12:00Z',
    createdAt: '2026-02-01T09:00:00Z',
    processedAt: isFailed ? null : '2026-02-01T09:00:02Z',
    missingSince: tile.isMissing ? '2026-02-11T09:00:00Z' : null,
    palette: isFailed
      ? []
      : [
          { name: 'navy', hex: '#22305f', share: 0.46 },
          { name: 'beige', hex: '#dccdae', share: 0.31 },
          { name: 'orange', hex: '#e8822a', share: 0.16 },
          { name: 'grey', hex: '#888888', share: 0.07 },
        ],
    light: isFailed ? null : { brightness: 0.52, contrast: 0.33, colourfulness: 0.41 },
    frameCount: isFailed ? null : 1,
    hasAlpha: isFailed ? null : false,
    title: null,
    caption: tile.id % 3 === 0 ? 'Boats at the quay, drawn from the window on the second floor.' : null,
    artist: 'Ada Burg',
    copyright: null,
    camera: 'FUJIFILM X-T5',
    lens: 'XF 33 mm F1.4',
    keywords: tagsOf(tile.id),
    colourProfile: 'sRGB IEC61966-2.1',
    bitsPerSample: 8,
    tags: tagsOf(tile.id).map(name => ({ name, source: 'folder and file names', confidence: 0.6 })),
    description: isFailed ? null : 'A landscape picture in navy and beige, of middle light and low contrast.',
    words: {},
    suggestions: [],
    analysis: isFailed
      ? null
      : {
          analyser: 'builtin',
          version: '1',
          createdAt: '2026-02-01T09:00:02Z',
          promptName: null,
          usage: null,
          failure: null,
          result: {
            description: 'A landscape picture.',
            tags: tagsOf(tile.id),
            content: 'harbour',
            style: 'photograph',
          },
        },
  }
}

function makeSync(part: Partial<Sync>): Sync {
  return syncSchema.parse({
    id: 1,
    folderId: 1,
    folderName: 'Pictures',
    folderPath: '/home/ada/Pictures',
    source: 'folder',
    chosenCount: null,
    state: 'completed',
    isListed: true,
    found: 8121,
    imported: 7600,
    duplicates: 214,
    skipped: 223,
    failed: 84,
    pending: 0,
    filesPerSecond: null,
    secondsLeft: null,
    startedAt: '2026-02-01T09:00:00Z',
    finishedAt: '2026-02-01T09:04:12Z',
    error: null,
    ...part,
  })
}

const running = makeSync({
  id: 2,
  folderName: 'Scans',
  folderPath: '/home/ada/Scans',
  state: 'running',
  imported: 1104,
  duplicates: 40,
  skipped: 52,
  failed: 8,
  pending: 6917,
  filesPerSecond: 31.4,
  secondsLeft: 221,
  finishedAt: null,
})

function makeLedger(sync: Sync): LedgerEntry[] {
  const skipped = { code: 'hidden', message: 'A hidden file.' }
  return Array.from({ length: sync.found }, (_, i): LedgerEntry => {
    const outcome =
      i >= sync.found - sync.pending ? 'pending' : i % 97 === 13 ? 'failed' : i % 36 === 5 ? 'skipped' : 'imported'
    const reason = outcome === 'failed' ? corrupt : outcome === 'skipped' ? skipped : null
    const path = `${2012 + (i % 13)}/${tags[i % tags.length]}-${String(i).padStart(6, '0')}.jpg`
    return {
      fileId: i + 1,
      path,
      outcome,
      reason,
      mediaId: outcome === 'imported' ? i + 1 : null,
      sizeBytes: 1_200_000 + i,
    }
  })
}

/** `count` pictures, newest first by id. Some dozens of real ones stand for all of them. */
export async function createBenchLibrary(count: number): Promise<BenchLibrary> {
  const motifs = await Promise.all(Array.from({ length: motifCount }, (_, seed) => makeMotif(seed)))
  const motifOf = (id: number): Motif => motifs[id % motifCount] as Motif
  const items = Array.from({ length: count }, (_, i) => makeTile(count - i, motifOf(count - i)))
  return {
    items,
    motifOf,
    find: (filter, sort) => {
      const found = Object.keys(filter).length === 0 ? items : items.filter(tile => matches(tile, filter))
      return sort.endsWith('oldest') ? found.toReversed() : found
    },
    detailOf: makeDetail,
    syncs: [running, makeSync({})],
    ledgerOf: makeLedger,
  }
}
