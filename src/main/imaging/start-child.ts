/** The decoding process as it is to be run. */
export interface ChildProgram {
  /** Absolute path of the entry. */
  entry: string
  args: string[]
  /** All of its environment. */
  env: Record<string, string>
}

export interface ChildEvents {
  /** As the child sent it, by structured clone. */
  message(message: unknown): void
  stderr(text: string): void
  /**
   * It is gone, or never came to be; a second call says nothing new. `how` ends the sentence that begins "The decoding
   * process".
   */
  closed(how: string): void
}

export interface ChildLink {
  /** Given over by structured clone. To one that is gone nothing is sent: `closed` says so. */
  send(message: unknown): void
  /** Ends it at once, whatever it is busy with, also one that is only just being started. */
  kill(): void
}

/**
 * Starts one decoding process, which dies with its parent. A process and no thread: a decoder that crashes, hangs or grows has
 * to be ended without harm to anything else.
 */
export type StartChild = (program: ChildProgram, events: ChildEvents) => ChildLink
