import type { MediaDetail, Usage } from '../../lib/contract.ts'
import { formatUsd } from '../../lib/contract.ts'
import { formatCount, formatMoment, formatShare, formatSize, formatType } from '../../lib/format.ts'
import { isOfDrive, nameOfSource } from '../../lib/sources.ts'
import { formatClock, formatFrameRate, whyUnseen } from '../../lib/video-words.ts'

export interface Fact {
  name: string
  value: string
  /** Long and for machines: cut short, with a button that copies it. */
  isCode?: boolean
}

export interface FactGroup {
  title: string
  facts: Fact[]
}

type Row = [name: string, value: string | number | null | undefined | false, isCode?: boolean]

/** What is not known makes no row. */
function group(title: string, rows: readonly Row[]): FactGroup {
  const facts = rows.flatMap(([name, value, isCode]) => {
    if (value === null || value === undefined || value === false || value === '') return []
    return [{ name, value: String(value), ...(isCode && { isCode }) }]
  })
  return { title, facts }
}

const moment = (iso: string | null): string | null => iso && formatMoment(iso)
const list = (values: readonly string[] | undefined): string => (values ?? []).join(', ')
const yesNo = (value: boolean | null): string | null => (value === null ? null : value ? 'Yes' : 'No')

function dimensions({ width, height }: MediaDetail): string | null {
  if (!width || !height) return null
  const megapixels = (width * height) / 1e6
  const rounded = megapixels.toLocaleString('en-US', { maximumFractionDigits: megapixels < 1 ? 2 : 1 })
  return `${formatCount(width)} × ${formatCount(height)} px, ${rounded} MP`
}

function orientation({ width, height }: MediaDetail): string | null {
  if (!width || !height) return null
  if (Math.abs(width - height) / Math.max(width, height) < 0.02) return 'Square'
  return width > height ? 'Landscape' : 'Portrait'
}

const filmed = ({ video }: MediaDetail): Row[] =>
  video === null
    ? []
    : [
        ['Duration', video.durationMs === null ? 'Not said in the file' : formatClock(video.durationMs)],
        ['Frame rate', video.frameRate && formatFrameRate(video.frameRate)],
        ['Codec', video.videoCodec],
        ['Sound', video.audioCodec ?? 'None'],
        ['Poster', whyUnseen(video)],
      ]

const picture = (media: MediaDetail): FactGroup =>
  group(media.video ? 'Video' : 'Picture', [
    ...filmed(media),
    ['Dimensions', dimensions(media)],
    ['Orientation', orientation(media)],
    ['Type', formatType(media.mimeType)],
    ['Size', media.sizeBytes === null ? null : formatSize(media.sizeBytes)],
    ['Frames', media.frameCount && media.frameCount > 1 && formatCount(media.frameCount)],
    ['Transparent', media.video === null && yesNo(media.hasAlpha)],
    ['Colour profile', media.colourProfile],
    ['Depth', media.bitsPerSample && `${media.bitsPerSample} bits a channel`],
  ])

const written = (media: MediaDetail): FactGroup =>
  group('Written in the file', [
    ['Title', media.words.title === undefined && media.title],
    ['Caption', media.caption],
    ['Artist', media.artist],
    ['Copyright', media.copyright],
    ['Keywords', list(media.keywords)],
    ['Camera', media.camera],
    ['Lens', media.lens],
  ])

const dates = (media: MediaDetail): FactGroup =>
  group('Dates', [
    ['Taken', moment(media.takenAt)],
    ['File changed', moment(media.modifiedAt)],
    ['Added', moment(media.createdAt)],
    ['Processed', moment(media.processedAt)],
    ['Missing since', moment(media.missingSince)],
  ])

const kept: Record<MediaDetail['keptIn'][number], string> = { disk: 'on this computer', cloud: 'in the cloud' }

/** Where the library keeps the original, besides the folder it was found in. */
const whereKept = ({ keptIn }: MediaDetail): string =>
  keptIn.length === 0 ? 'In its folder only' : `Kept ${keptIn.map(each => kept[each]).join(' and ')}`

const bytes = (media: MediaDetail): FactGroup =>
  group('Original', [
    ['Source', nameOfSource(media.source)],
    ['Source id', isOfDrive(media) && media.sourceId],
    ['Where', whereKept(media)],
    ['SHA-256', media.sha256, true],
    ['Fingerprint', media.fingerprint, true],
    ['Number', media.id],
  ])

function measured({ light, meanColour }: MediaDetail): FactGroup {
  return group('Light', [
    ['Brightness', light && formatShare(light.brightness)],
    ['Contrast', light && formatShare(light.contrast)],
    ['Colourfulness', light && formatShare(light.colourfulness)],
    ['Mean colour', meanColour],
  ])
}

function cost(usage: Usage | null): string | null {
  if (!usage) return null
  return usage.costUsd === null ? 'Price not known' : usage.costUsd === 0 ? 'Free' : formatUsd(usage.costUsd)
}

function analysed({ analysis }: MediaDetail): FactGroup {
  const result = analysis?.result
  return group('Analysis', [
    ['Subjects', list(result?.subjects)],
    ['Colours', list(result?.colors)],
    ['By', analysis && (analysis.usage ? analysis.analyser : `${analysis.analyser} ${analysis.version}`)],
    ['Model', analysis?.usage?.model],
    ['Prompt', analysis?.promptName],
    ['Cost', cost(analysis?.usage ?? null)],
    ['Took', analysis?.usage && `${(analysis.usage.latencyMs / 1000).toFixed(1)} s`],
    ['On', moment(analysis?.createdAt ?? null)],
  ])
}

export function factsOf(media: MediaDetail): FactGroup[] {
  const groups = [picture(media), dates(media), written(media), bytes(media), measured(media), analysed(media)]
  return groups.filter(each => each.facts.length > 0)
}
