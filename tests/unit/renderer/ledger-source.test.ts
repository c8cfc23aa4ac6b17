import { describe, expect, it } from 'vitest'
import { LedgerSource, ledgerPageSize } from '../../../src/renderer/src/features/activity/ledger-source.ts'
import type { CallName, Input, LedgerEntry, Outcome } from '../../../src/renderer/src/lib/contract.ts'
import type { Transport } from '../../../src/renderer/src/lib/transport.ts'

function createFakeLedger(count: number) {
  const outcomes: Outcome[] = Array.from({ length: count }, () => 'pending')
  const asked: number[] = []
  const call = (async (_name: CallName, { after, limit, outcome }: Input<'sync.files'>) => {
    asked.push(after)
    const all = outcomes.map(
      (each, i): LedgerEntry => ({
        fileId: i + 1,
        path: `${i}.jpg`,
        outcome: each,
        reason: null,
        mediaId: null,
        sizeBytes: 1,
      }),
    )
    const items = all.filter(entry => entry.fileId > after && (!outcome || entry.outcome === outcome)).slice(0, limit)
    return { items, nextAfter: items.length === limit ? (items.at(-1)?.fileId ?? null) : null }
  }) as Transport['call']
  return { outcomes, asked, call }
}

describe('the ledger on the screen', () => {
  it('grows page by page to its end, every file once', async () => {
    const ledger = createFakeLedger(450)
    const source = new LedgerSource(ledger.call, { syncId: 1 }, () => undefined)
    while (source.hasMore) await source.loadMore()
    expect(source.entries.map(entry => entry.fileId)).toEqual(Array.from({ length: 450 }, (_, i) => i + 1))
    await source.loadMore()
    expect(ledger.asked).toEqual([0, 200, 400])
  })

  it('asks again only for the pages in view', async () => {
    const ledger = createFakeLedger(1000)
    const source = new LedgerSource(ledger.call, { syncId: 1 }, () => undefined)
    while (source.hasMore) await source.loadMore()
    ledger.outcomes[450] = 'imported'
    ledger.asked.length = 0
    await source.refresh(440, 470)
    expect(ledger.asked).toEqual([400])
    expect(source.entries[450]?.outcome).toBe('imported')
    expect(source.entries).toHaveLength(1000)
  })

  it('shows no file twice when files before it left the filter', async () => {
    const ledger = createFakeLedger(600)
    const source = new LedgerSource(ledger.call, { syncId: 1, outcome: 'pending' }, () => undefined)
    await source.loadMore()
    await source.loadMore()
    ledger.outcomes.fill('imported', 0, 50)
    await source.refresh(0, 30)
    const ids = source.entries.map(entry => entry.fileId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids[0]).toBe(51)
  })

  it('starts to grow again when more is found', async () => {
    const ledger = createFakeLedger(ledgerPageSize - 1)
    const source = new LedgerSource(ledger.call, { syncId: 1 }, () => undefined)
    await source.loadMore()
    expect(source.hasMore).toBe(false)
    ledger.outcomes.push('pending', 'pending')
    await source.refresh(0, 30)
    expect(source.hasMore).toBe(true)
  })
})
