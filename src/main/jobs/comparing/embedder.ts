import type { Embedder } from '../../analysis/index.ts'

/** The model that compares descriptions, as a person has chosen it. */
export interface EmbedderRoom {
  /** Its server and its name: vectors of another one cannot be compared with its own. Null where none is chosen. */
  id(): string | null
  /** @throws {AnalysisFailed} */
  open(): Promise<Embedder>
}
