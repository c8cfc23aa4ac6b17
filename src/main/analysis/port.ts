import type { AnalysisResult, Usage } from '../../shared/analysis.ts'
import type { ColourName } from '../../shared/colours.ts'

export type { Usage }

/** Says what a picture shows. It gets facts and at most a small picture without metadata, never the original. */
export interface Analyser {
  /** Stored with every result: `builtin`, `openai`, … */
  readonly name: string
  /** Changes when the same picture would be described otherwise. */
  readonly version: string
  /** Whether `subject.picture` is looked at. */
  readonly needsPicture: boolean
  /** @throws {AnalysisFailed} */
  analyse(subject: AnalysisSubject, signal?: AbortSignal): Promise<Analysis>
}

/** What is known of a picture before anyone has looked at it. */
export interface AnalysisSubject {
  filename: string
  /** Names of the folders from the imported one to the file, outermost first. */
  folders: string[]
  width: number
  height: number
  frameCount: number
  hasAlpha: boolean
  mimeType: string
  palette: { name: ColourName; hex: string; share: number }[]
  light: { brightness: number; contrast: number; colourfulness: number }
  takenAt: string | null
  title: string | null
  caption: string | null
  keywords: string[]
  artist: string | null
  camera: string | null
  /** JPEG of at most 1536 px on the long side, sRGB, without any metadata. */
  picture?: Uint8Array
  /** Of a video, at most three frames besides `picture`, which is its poster: the same at most 1024 px. */
  frames?: readonly Uint8Array[]
}

export interface Analysis {
  result: AnalysisResult
  /** Each of `result.tags` with where it comes from and how sure that is, 0..1. */
  tags: TagCandidate[]
  /** What it cost; left out by an analyser that costs nothing. */
  usage?: Usage
}

/**
 * Why there is no analysis.
 * The picture's: `refused` (by the model), `filtered` (by the provider's filter), `incomplete` (the answer was cut), `invalid`
 * (not what was asked for), `bad-request` (the server will not take this one).
 * Of all of them: `bad-key`, `no-credit`, `no-model`, `denied`, `bad-endpoint`.
 * Passing: `rate-limited`, `unreachable`, `server`, `timeout`; `cancelled` by the signal.
 */
export const analysisFailures = [
  'refused',
  'filtered',
  'incomplete',
  'invalid',
  'bad-request',
  'bad-key',
  'no-credit',
  'no-model',
  'denied',
  'bad-endpoint',
  'rate-limited',
  'unreachable',
  'server',
  'timeout',
  'cancelled',
] as const
export type AnalysisFailure = (typeof analysisFailures)[number]

export class AnalysisFailed extends Error {
  readonly code: AnalysisFailure
  /** How long the server asked to be left alone; null where it did not say. */
  readonly retryAfterMs: number | null
  /** What the failed attempt cost all the same; a refused or cut answer is paid. */
  readonly usage: Usage | null
  /** @param message a sentence for a person, with what to do; never holds a key. */
  constructor(
    code: AnalysisFailure,
    message: string,
    options: ErrorOptions & { retryAfterMs?: number; usage?: Usage } = {},
  ) {
    super(message, options)
    this.name = 'AnalysisFailed'
    this.code = code
    this.retryAfterMs = options.retryAfterMs ?? null
    this.usage = options.usage ?? null
  }
}

export interface TagCandidate {
  /** Lower case, trimmed. */
  name: string
  /** What it was read from. */
  origin: 'keyword' | 'folder' | 'filename' | 'title' | 'caption' | 'measured' | 'model'
  confidence: number
}
