import { useEffect, useState } from 'react'
import { messageOf, useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { MarkChange, MediaDetail, MediaId, MediaTile } from '../../lib/contract.ts'
import { plural } from '../../lib/format.ts'
import { mark } from '../../lib/marks.ts'
import { confirmedTags } from '../../lib/suggested.ts'
import { changeTags } from '../../lib/words.ts'
import { Button } from '../button.tsx'
import { MarksOf } from './notes.tsx'
import { thumbnailOf } from './renditions.ts'

/** As alike as near-duplicates are: at most six of the 32 bits in which unlike pictures differ. */
const leastLikeness = 1 - 6 / 32
const askedMost = 200

interface AlikeProps {
  tile: MediaTile
  onClose: () => void
}

/** Asks which look-alikes of a picture get what a person gave to it. */
export function Alike({ tile, onClose }: AlikeProps) {
  const media = useCall('media.get', { id: tile.id })
  const similar = useCall('media.similar', { id: tile.id, by: 'look', limit: askedMost })
  useCommands([
    { id: 'alike.close', title: 'Leave look-alikes as they are', group: 'Review', keys: ['Escape'], run: onClose },
  ])
  useKeyboardBack()
  const failure = media.error ?? similar.error
  const found = similar.data?.items.filter(item => item.likeness >= leastLikeness)
  const given = media.data && givenTo(media.data)
  return (
    <section className="review-alike" aria-label="The same for look-alikes" data-owns-arrows>
      {failure && <p>{messageOf(failure)}</p>}
      {given === null && found && (
        <Nothing onClose={onClose}>
          Mark this picture or confirm its tags first: that is what its look-alikes get.
        </Nothing>
      )}
      {given && found && found.length === 0 && (
        <Nothing onClose={onClose}>No other picture looks nearly the same.</Nothing>
      )}
      {given && found && found.length > 0 && <Question given={given} found={found} onClose={onClose} />}
    </section>
  )
}

interface Given {
  tags: string[]
  marks: MarkChange
}

/** What a person gave to it. Stars that are in the file are not a person's word here. */
function givenTo(media: MediaDetail): Given | null {
  const { flag, label, rating, isRatingOfFile } = media
  const marks = {
    ...(flag && { flag }),
    ...(label && { label }),
    ...(rating !== null && !isRatingOfFile && { rating }),
  }
  const tags = confirmedTags(media)
  return tags.length > 0 || Object.keys(marks).length > 0 ? { tags, marks } : null
}

/** One after the other, and each can be taken back by itself. */
async function give({ tags, marks }: Given, ids: readonly MediaId[]): Promise<void> {
  if (Object.keys(marks).length > 0)
    await mark({ count: ids.length, ids: async () => [...ids], current: undefined }, marks)
  if (tags.length > 0) await changeTags(ids, { add: tags })
}

/** Where the keyboard was before. */
function useKeyboardBack(): void {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
}

function Question({ given, found, onClose }: { given: Given; found: readonly MediaTile[]; onClose: () => void }) {
  const [leftOut, setLeftOut] = useState<ReadonlySet<MediaId>>(new Set())
  const { flag, label, rating } = given.marks
  const ids = found.map(({ id }) => id).filter(id => !leftOut.has(id))
  const toggle = (id: MediaId): void => {
    const next = new Set(leftOut)
    if (!next.delete(id)) next.add(id)
    setLeftOut(next)
  }
  const apply = (): void => {
    onClose()
    void give(given, ids)
  }
  return (
    <>
      <h2>The same for {plural(ids.length, 'look-alike')}?</h2>
      <p className="review-given">
        <MarksOf tile={{ flag: flag ?? null, label: label ?? null, rating: rating ?? null }} />
        <span className="quiet">{given.tags.map(tag => `“${tag}”`).join(', ')}</span>
      </p>
      <div className="review-alike-items">
        {found.map(item => (
          <button
            key={item.id}
            type="button"
            aria-pressed={!leftOut.has(item.id)}
            aria-label={item.filename}
            title={item.filename}
            onClick={() => toggle(item.id)}
          >
            <img alt="" src={thumbnailOf(item)} />
          </button>
        ))}
      </div>
      <div className="review-alike-actions">
        <Button onClick={onClose} keyName="Escape">
          Leave them
        </Button>
        <Button kind="primary" autoFocus disabled={ids.length === 0} onClick={apply}>
          Apply to {plural(ids.length, 'picture')}
        </Button>
      </div>
    </>
  )
}

function Nothing({ children, onClose }: { children: string; onClose: () => void }) {
  return (
    <>
      <p>{children}</p>
      <div className="review-alike-actions">
        <Button autoFocus onClick={onClose} keyName="Escape">
          Close
        </Button>
      </div>
    </>
  )
}
