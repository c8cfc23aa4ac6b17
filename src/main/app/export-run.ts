import type { Export } from '../../shared/contract.ts'

/** What an export is about to write. */
export interface ToWrite extends Pick<Export, 'path' | 'total'> {
  /** To its end; what it throws after an abort ends it as cancelled. @throws {ExportFailed} */
  write(run: ExportRun): Promise<void>
}

/** How a writer tells where it is, and is told to stop. */
export interface ExportRun {
  signal: AbortSignal
  shown(): Export
  change(changes: Partial<Export>): void
}
