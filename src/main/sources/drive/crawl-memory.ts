import type { CrawlState } from './crawl-state.ts'

interface Remembered<Page> {
  batchKey: string
  /** Ids met in the batch, with the number of the page they came with. */
  met: Map<string, number>
  ahead: Map<string, { page: Promise<Page>; askedMs: number }>
}

/** Listings remembered at once. */
const crawlsMax = 4
/** What was asked in advance and is older is asked again. */
const freshMs = 60_000

/**
 * What makes a listing faster and tidier while it goes on in one process, and can be lost: what was met in the batch, and
 * pages that were asked for in advance. Whoever goes on in another process loses nothing but time.
 */
export class CrawlMemory<Page> {
  readonly #crawls = new Map<string, Remembered<Page>>()

  /** Drive shows an entry again, on a later page, when the folder changes in between. */
  isRepeated(state: CrawlState, id: string): boolean {
    const { met } = this.#of(state)
    const page = met.get(id) ?? state.page
    met.set(id, page)
    return page < state.page
  }

  askAhead(state: CrawlState, key: string, ask: () => Promise<Page>): void {
    const { ahead } = this.#of(state)
    if (ahead.has(key)) return
    const page = ask()
    // Whoever takes it is told.
    page.catch(() => {})
    ahead.set(key, { page, askedMs: performance.now() })
  }

  takeAhead(state: CrawlState, key: string): Promise<Page> | null {
    const { ahead } = this.#of(state)
    const asked = ahead.get(key)
    ahead.delete(key)
    return asked && performance.now() - asked.askedMs < freshMs ? asked.page : null
  }

  forget(state: CrawlState): void {
    this.#crawls.delete(state.crawl)
  }

  #of(state: CrawlState): Remembered<Page> {
    // With its path: a folder that was moved meanwhile is listed again, where it is now.
    const batchKey = state.batch?.folders[0]?.join('/') ?? ''
    const known = this.#crawls.get(state.crawl) ?? { batchKey, met: new Map(), ahead: new Map() }
    this.#crawls.delete(state.crawl)
    this.#crawls.set(state.crawl, known)
    if (known.batchKey !== batchKey) {
      known.batchKey = batchKey
      known.met = new Map()
    }
    const [oldest] = this.#crawls.keys()
    if (this.#crawls.size > crawlsMax && oldest !== undefined) this.#crawls.delete(oldest)
    return known
  }
}
