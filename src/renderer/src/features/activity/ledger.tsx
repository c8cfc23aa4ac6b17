import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useReducer, useRef } from 'react'
import { messageOf, transport, useCommand } from '../../lib/api.ts'
import type { LedgerEntry, Outcome, Sync } from '../../lib/contract.ts'
import { formatSize } from '../../lib/format.ts'
import { onSyncProgress } from '../../lib/live.ts'
import { tell, tellFailure } from '../../lib/notice.ts'
import { throttle } from '../../lib/throttle.ts'
import { Button } from '../../ui/button.tsx'
import { outcomeLooks, StatusMark } from '../../ui/status-mark.tsx'
import { LedgerSource } from './ledger-source.ts'

const rowHeight = 32
const rowHeightWithReason = 48
const rowsAhead = 40
const refreshEveryMs = 1000

function useLedger(sync: Sync, outcome: Outcome | null) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const ledger = useMemo(
    () => new LedgerSource(transport.call, { syncId: sync.id, ...(outcome && { outcome }) }, redraw),
    [sync.id, outcome],
  )
  const rows = useRef({ first: 0, last: 0 })
  useEffect(() => {
    void ledger.loadMore()
    const refresh = throttle(() => ledger.refresh(rows.current.first, rows.current.last), refreshEveryMs)
    const stop = onSyncProgress(progressed => {
      if (progressed.id === sync.id) refresh()
    })
    return () => {
      stop()
      refresh.cancel()
      ledger.dispose()
    }
  }, [ledger, sync.id])
  return { ledger, rows }
}

/** Every file of an import in the order found, with how it ended and why. */
export function Ledger({ sync, outcome }: { sync: Sync; outcome: Outcome | null }) {
  const scroller = useRef<HTMLDivElement>(null)
  const { ledger, rows } = useLedger(sync, outcome)
  const { entries } = ledger
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => (entries[index]?.reason ? rowHeightWithReason : rowHeight),
    overscan: 12,
  })
  // Heights depend on the entries: a file that just failed now has its reason to show.
  // biome-ignore lint/correctness/useExhaustiveDependencies: that there are other entries is the reason to measure.
  useEffect(() => virtual.measure(), [virtual, entries])
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  rows.current = { first: shown[0]?.index ?? 0, last }
  useEffect(() => {
    if (last > entries.length - rowsAhead) void ledger.loadMore()
  }, [last, entries.length, ledger])

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys.
    <div ref={scroller} className="ledger" tabIndex={0}>
      {ledger.error !== null && <p className="ledger-hint">{messageOf(ledger.error)}</p>}
      {ledger.isLoaded && entries.length === 0 && <p className="ledger-hint">{emptyLine(sync, outcome)}</p>}
      <ol aria-label="Files" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, start, size }) => {
          const entry = entries[index]
          return (
            entry && (
              <Row
                key={entry.fileId}
                entry={entry}
                index={index}
                count={entries.length}
                top={start}
                height={size}
                syncId={sync.id}
              />
            )
          )
        })}
      </ol>
    </div>
  )
}

export function emptyLine(sync: Sync, outcome: Outcome | null): string {
  if (outcome === null) {
    if (sync.state === 'running') return 'Looking for files.'
    return sync.isListed ? 'There was nothing new in this folder.' : 'No file was found yet.'
  }
  return outcome === 'failed' ? 'No file failed.' : `No file is ${outcomeLooks[outcome].word.toLowerCase()}.`
}

function Row(props: { entry: LedgerEntry; index: number; count: number; top: number; height: number; syncId: number }) {
  const { entry, syncId } = props
  const nameAt = entry.path.lastIndexOf('/') + 1
  const retry = useCommand('sync.retry')
  return (
    <li
      className="ledger-row"
      aria-posinset={props.index + 1}
      aria-setsize={props.count}
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
    >
      <span>
        <StatusMark look={outcomeLooks[entry.outcome]} />
      </span>
      <div className="ledger-file">
        <p className="ledger-path" title={entry.path}>
          <bdi>{entry.path.slice(0, nameAt)}</bdi>
          <bdi>{entry.path.slice(nameAt)}</bdi>
        </p>
        {entry.reason && (
          <p className="quiet" title={entry.reason.message}>
            {entry.reason.message}
          </p>
        )}
      </div>
      <span className="ledger-size">{entry.sizeBytes !== null && formatSize(entry.sizeBytes)}</span>
      <span className="ledger-action">
        {entry.outcome === 'failed' && (
          <Button
            kind="quiet"
            disabled={retry.isPending}
            onClick={() =>
              retry.mutate(
                { syncId, fileId: entry.fileId },
                { onError: tellFailure, onSuccess: () => tell(`Trying ${entry.path} again.`) },
              )
            }
          >
            Retry
          </Button>
        )}
      </span>
    </li>
  )
}
