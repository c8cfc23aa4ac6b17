import { type KeyboardEvent, useId, useRef, useState } from 'react'
import {
  type Artwork,
  type ArtworkStatus,
  artworkStatuses,
  type Copy,
  type CopyFields,
  type CopyKey,
  formatCopyNumber,
} from '../../../../../shared/artworks.ts'
import { changeArtwork } from '../../../lib/artworks.ts'
import type { Usual } from '../fields.ts'
import { cellKinds } from './copy-cells.ts'
import { CopyRow } from './copy-row.tsx'
import { cellFor, cellInstead } from './move-in-table.ts'

/** 1 to 5, as for a work. */
const statusOfKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): ArtworkStatus | undefined =>
  ctrlKey || metaKey || altKey ? undefined : artworkStatuses[Number(key) - 1]

/** Copies, a row each. Enter goes to the next row, 1 to 5 set the status, Delete takes the row away. */
export function CopiesTable({ artwork, usual }: { artwork: Artwork; usual: Usual }) {
  const { id, title, edition, copies } = artwork
  const [fault, setFault] = useState<string | null>(null)
  const table = useRef<HTMLTableElement>(null)
  const noteId = useId()
  const nameOf = (copy: CopyKey): string => formatCopyNumber(copy, edition)

  const change = (copy: Copy, fields: Partial<CopyFields>): Promise<boolean> => {
    const { kind, number } = copy
    const told = `Changed ${nameOf(copy)} of “${title}”.`
    return changeArtwork('artworks.changeCopy', { id, copy: { kind, number }, fields }, told)
  }
  const remove = (copy: Copy, from: HTMLElement | null): void => {
    const instead = from && table.current && cellInstead(table.current, from)
    const { kind, number } = copy
    const told = `Took ${nameOf(copy)} from the copies of “${title}”.`
    void changeArtwork('artworks.removeCopies', { id, copies: [{ kind, number }] }, told).then(isDone => {
      if (isDone) instead?.focus()
    })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    if (!(event.target instanceof HTMLElement) || !table.current) return
    const isWriting = event.target instanceof HTMLInputElement
    const row = event.target.closest<HTMLElement>('[data-copy]')
    const copy = copies.find(each => `${each.kind}-${each.number}` === row?.dataset.copy)
    const status = statusOfKey(event)
    if (copy && !isWriting && (event.key === 'Delete' || status)) {
      // Here keys are about the copy, and not about the work.
      event.preventDefault()
      if (status) void change(copy, { status })
      else remove(copy, event.target)
      return
    }
    const isEnd = event.key === 'Enter' && isWriting
    const next = cellFor(event, table.current, event.target)
    if (!next && !isEnd) return
    event.preventDefault()
    if (next) next.focus()
    // In the last row what was typed is saved all the same.
    else event.target.blur()
  }
  return (
    <>
      <p id={noteId} className="artwork-field-note" aria-live="polite">
        {fault && <span className="error-line">{fault}</span>}
      </p>
      <table ref={table} className="copies-table" aria-label="Copies" onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Status</th>
            {cellKinds.map(({ name, title: column }) => (
              <th key={name} scope="col">
                {column}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">Take away</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {copies.map(copy => (
            <CopyRow
              key={`${copy.kind}-${copy.number}`}
              copy={copy}
              name={nameOf(copy)}
              usual={usual}
              price={artwork.price}
              noteId={noteId}
              onFault={setFault}
              onChange={fields => change(copy, fields)}
              onRemove={() => remove(copy, document.activeElement as HTMLElement | null)}
            />
          ))}
        </tbody>
      </table>
    </>
  )
}
