import type { AnalysisResult } from '../../shared/analysis.ts'
import type { ColourName } from '../../shared/colours.ts'

/** Says what a picture shows. It gets facts and a path to a preview, never the original. */
export interface Analyser {
  /** Stored with every result: `builtin`, `openai`, … */
  readonly name: string
  /** Changes when the same picture would be described otherwise. */
  readonly version: string
  analyse(subject: AnalysisSubject): Promise<Analysis>
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
}

export interface Analysis {
  result: AnalysisResult
  /** Each of `result.tags` with where it comes from and how sure that is, 0..1. */
  tags: TagCandidate[]
}

export interface TagCandidate {
  /** Lower case, trimmed. */
  name: string
  /** What it was read from. */
  origin: 'keyword' | 'folder' | 'filename' | 'title' | 'caption' | 'measured' | 'model'
  confidence: number
}
