import { useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { messageOf, transport } from '../../lib/api.ts'
import type { PreviewRow, RowKind, TableWork } from '../../lib/contract.ts'
import { formatCount } from '../../lib/format.ts'
import { StatusMark } from '../../ui/status-mark.tsx'
import { kindLooks } from './kinds.ts'

const rowsPerPage = 100
const rowHeight = 33
/** Most rows say in one line more what changes. */
const rowHeightWithChanges = 53

/** The rows of a page are asked for when they come into view. */
function useRows(previewId: number, kind: RowKind | null, pages: readonly number[]) {
  const found = useQueries({
    queries: pages.map(page => {
      const input = { previewId, kind, offset: page * rowsPerPage, limit: rowsPerPage }
      return {
        queryKey: ['table.rows', input],
        queryFn: ({ signal }: { signal: AbortSignal }) => transport.call('table.rows', input, signal),
      }
    }),
  })
  const itemsOf = new Map(pages.map((page, i) => [page, found[i]?.data?.items]))
  return {
    error: found.find(({ error }) => error)?.error ?? null,
    at: (index: number): PreviewRow | undefined => itemsOf.get(Math.floor(index / rowsPerPage))?.[index % rowsPerPage],
  }
}

interface Props {
  work: TableWork
  kind: RowKind | null
  count: number
}

/** What becomes of each row. Only those in view are drawn, however many there are. */
export function PreviewRows({ work, kind, count }: Props) {
  const scroller = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => (kind === 'unchanged' ? rowHeight : rowHeightWithChanges),
    overscan: 8,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows begin at their top, with heights of their own.
  useEffect(() => {
    virtual.measure()
    virtual.scrollToOffset(0)
  }, [work.previewId, kind])
  const shown = virtual.getVirtualItems()
  const rows = useRows(work.previewId, kind, [...new Set(shown.map(({ index }) => Math.floor(index / rowsPerPage)))])
  return (
    <section
      ref={scroller}
      className="table-rows"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys.
      tabIndex={0}
      aria-label="Rows of the table"
      onKeyDown={event => {
        // Heights are known as rows are drawn: the scroller's own keys would stop before the end.
        if (event.key !== 'Home' && event.key !== 'End') return
        event.preventDefault()
        virtual.scrollToIndex(event.key === 'Home' ? 0 : count - 1)
      }}
    >
      {rows.error && <p className="error-line">{messageOf(rows.error)}</p>}
      <ol aria-label="Rows" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, start, key }) => (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className="table-row"
            aria-posinset={index + 1}
            aria-setsize={count}
            style={{ transform: `translateY(${start}px)` }}
          >
            <RowLine row={rows.at(index)} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function RowLine({ row }: { row: PreviewRow | undefined }) {
  if (!row) return null
  return (
    <>
      <span className="table-row-line">
        <span className="visually-hidden">Line </span>
        {formatCount(row.line)}
      </span>
      <StatusMark look={kindLooks[row.kind]} />
      <div className="table-row-text">
        <p className="table-row-label">{row.label || 'Nothing says what it is of'}</p>
        {row.notes.map(note => (
          <p key={note} className="table-note">
            {note}
          </p>
        ))}
        {row.changes.length > 0 && (
          <dl>
            {row.changes.map(({ field, before, after }) => (
              <div key={field}>
                <dt>{field}</dt>
                <dd>
                  {before !== null && (
                    <>
                      <del>{before}</del>
                      <span aria-hidden="true"> → </span>
                    </>
                  )}
                  {after === null ? <span className="quiet">taken away</span> : <ins>{after}</ins>}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </>
  )
}
