/** One figure of a benchmark, with what was asked of it. */
export interface BenchRow {
  name: string
  value: number
  unit: string
  target: string
  isMet: boolean
}
