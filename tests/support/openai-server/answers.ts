import type { Asked } from './asked.ts'

/** An answer of a model that somebody paid for. */
export interface PaidAnswer {
  /** Which picture and which instructions; the same of the same work. */
  key: string
  /** Of the bytes that the server got; null for an answer without one. */
  pictureSha256: string | null
  instructions: string
  model: string
  isBatched: boolean
  /** What the model said, the text of a refusal too. */
  text: string
}

/** What was answered and arrived, and what was done in batches. */
export class Answers {
  readonly all: PaidAnswer[] = []

  /** @returns a way to take it out again, for an answer that did not arrive. */
  add(asked: Asked, text: string): () => void {
    const { picture, instructions, isBatched, model = '' } = asked
    const pictureSha256 = picture?.sha256 ?? null
    const key = JSON.stringify([pictureSha256 ?? asked.texts, instructions])
    const answer = { key, pictureSha256, instructions, model, isBatched, text }
    this.all.push(answer)
    return () => {
      const at = this.all.indexOf(answer)
      if (at >= 0) this.all.splice(at, 1)
    }
  }

  get count(): number {
    return this.all.length
  }

  of(pictureSha256: string): PaidAnswer[] {
    return this.all.filter(answer => answer.pictureSha256 === pictureSha256)
  }

  /** Keys of the work that was paid more than once. */
  paidTwice(): string[] {
    const byKey = Map.groupBy(this.all, ({ key }) => key)
    return [...byKey].filter(([, answers]) => answers.length > 1).map(([key]) => key)
  }

  clear(): void {
    this.all.length = 0
  }
}
