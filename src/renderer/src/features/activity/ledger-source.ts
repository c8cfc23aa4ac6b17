import type { LedgerEntry, Outcome, SyncId } from '../../lib/contract.ts'
import type { Transport } from '../../lib/transport.ts'

interface LedgerPage {
  after: number
  items: readonly LedgerEntry[]
  nextAfter: number | null
}

export const ledgerPageSize = 200

/** The ledger of one sync, page after page as far as somebody scrolled. Pages in view are brought up to date. */
export class LedgerSource {
  entries: readonly LedgerEntry[] = []
  isLoaded = false
  error: unknown = null
  #call: Transport['call']
  #of: { syncId: SyncId; outcome?: Outcome }
  #onChange: () => void
  #pages: LedgerPage[] = []
  #isLoading = false
  #isDisposed = false

  constructor(call: Transport['call'], of: { syncId: SyncId; outcome?: Outcome }, onChange: () => void) {
    this.#call = call
    this.#of = of
    this.#onChange = onChange
  }

  get hasMore(): boolean {
    return this.#pages.length === 0 || this.#pages.at(-1)?.nextAfter !== null
  }

  async loadMore(): Promise<void> {
    if (this.#isLoading || !this.hasMore) return
    this.#isLoading = true
    const after = this.#pages.at(-1)?.nextAfter ?? 0
    await this.#fetch(after, page => this.#pages.push(page))
    this.#isLoading = false
  }

  /** Asks again for the pages that hold those rows. */
  async refresh(firstRow: number, lastRow: number): Promise<void> {
    if (this.#pages.length === 0) return this.loadMore()
    let row = 0
    for (const [place, page] of this.#pages.entries()) {
      const isInView = row <= lastRow && row + page.items.length >= firstRow
      row += page.items.length
      if (isInView) await this.#fetch(page.after, fresh => this.#pages.splice(place, 1, fresh))
    }
  }

  dispose(): void {
    this.#isDisposed = true
  }

  async #fetch(after: number, take: (page: LedgerPage) => unknown): Promise<void> {
    try {
      const { items, nextAfter } = await this.#call('sync.files', { ...this.#of, after, limit: ledgerPageSize })
      if (this.#isDisposed) return
      take({ after, items, nextAfter })
      this.entries = uniqueEntries(this.#pages)
      this.isLoaded = true
      this.error = null
    } catch (error) {
      this.error = error
    }
    if (!this.#isDisposed) this.#onChange()
  }
}

/** A page asked for again may reach into the next one when entries before it left the filter. */
function uniqueEntries(pages: readonly LedgerPage[]): LedgerEntry[] {
  return [...new Map(pages.flatMap(page => page.items.map(entry => [entry.fileId, entry]))).values()]
}
