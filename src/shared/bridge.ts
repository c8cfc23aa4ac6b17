/**
 * What the preload of a window of our own gives its page, as `window.burgInk`: one channel for everything the contract
 * names, and what only the window knows. Checked on both sides of it: by the main process, and by the page's transport.
 */
export interface Bridge {
  /** Answers with a `Reply`. */
  call(name: string, input: unknown): Promise<unknown>
  /** Hears every event of the contract, as `{ name, data }`. @returns how to stop hearing. */
  hear(listener: (event: unknown) => void): () => void
  /** Where a file is that was dropped on the page; empty for what is not on a disk. */
  pathOf(file: File): string
}

/** Of every message, both ways. */
export const channel = 'burg-ink'
