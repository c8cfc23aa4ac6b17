import { type FormEvent, useId, useRef, useState } from 'react'
import {
  type Artwork,
  type CopyKey,
  type Edition,
  formatCopyNumber,
  formatSold,
  nextCopyNumber,
  parseCopyNumber,
  tallyOf,
} from '../../../../../shared/artworks.ts'
import { addCopy, changeArtwork } from '../../../lib/artworks.ts'
import { useCommands } from '../../../lib/commands.ts'
import { focusWhenDrawn } from '../../../lib/focus-when-drawn.ts'
import { Button } from '../../../ui/button.tsx'
import type { Usual } from '../fields.ts'
import { CopiesTable } from './copies-table.tsx'
import './copies.css'

/** The copies of an edition: which there are, where each is, and who has it. */
export function CopiesSection({ artwork, edition, usual }: { artwork: Artwork; edition: Edition; usual: Usual }) {
  const { id, title, copies } = artwork
  const section = useRef<HTMLElement>(null)
  const isWhole = (['copy', 'proof'] as const).every(kind => nextCopyNumber(kind, edition, copies) === null)
  const isListable = edition.size !== null && !isWhole
  const statusOf = (copy: CopyKey) => () =>
    section.current?.querySelector<HTMLElement>(`[data-copy="${copy.kind}-${copy.number}"] select`) ?? null

  const listAll = async (): Promise<void> => {
    const isDone = await changeArtwork('artworks.listCopies', { id }, `Listed the copies of “${title}”.`)
    if (isDone) focusWhenDrawn(() => section.current?.querySelector<HTMLElement>('[data-copy] select') ?? null)
  }
  const add = async (kind: CopyKey['kind'], number: number | null): Promise<boolean> => {
    const copy = await addCopy(artwork, kind, number)
    if (copy) focusWhenDrawn(statusOf(copy))
    return copy !== null
  }
  useCommands([
    {
      id: 'copies.list',
      title: 'List all copies',
      group: 'Artwork',
      isAvailable: () => isListable,
      run: () => void listAll(),
    },
    {
      id: 'copies.add',
      title: 'Add the next copy',
      group: 'Artwork',
      keys: ['Shift+C'],
      isAvailable: () => !isWhole,
      run: () => void add(nextCopyNumber('copy', edition, copies) === null ? 'proof' : 'copy', null),
    },
    {
      id: 'copies.go',
      title: 'Go to the copies',
      group: 'Artwork',
      keys: ['C'],
      run: () => {
        const first = section.current?.querySelector<HTMLElement>('select, input, button')
        first?.scrollIntoView({ block: 'center' })
        first?.focus()
      },
    },
  ])
  return (
    <section ref={section} className="copies" aria-labelledby="copies-title">
      <header>
        <h2 id="copies-title">Copies</h2>
        {copies.length > 0 && <span className="quiet">{formatSold(tallyOf(copies), edition)}</span>}
        <span className="top-bar-gap" />
        {isListable && <Button onClick={() => void listAll()}>List all copies</Button>}
        {!isWhole && <AddCopy edition={edition} artwork={artwork} onAdd={add} />}
      </header>
      {copies.length > 0 ? <CopiesTable artwork={artwork} usual={usual} /> : <Teaching edition={edition} />}
    </section>
  )
}

function Teaching({ edition }: { edition: Edition }) {
  const itself =
    edition.copy === null
      ? ''
      : ` This entry is copy ${formatCopyNumber({ kind: 'copy', number: edition.copy }, edition)}: once copies are listed it stands for all of them, and its status is that of this one.`
  return (
    <p className="hint">
      {edition.size === null
        ? 'Add a copy whenever one is made or sold.'
        : 'When its copies are listed, each has a state, a price and a buyer of its own.'}
      {` The status of the work then follows its copies: it is what can be had most easily.${itself}`}
    </p>
  )
}

interface AddCopyProps {
  artwork: Artwork
  edition: Edition
  onAdd: (kind: CopyKey['kind'], number: number | null) => Promise<boolean>
}

/** The next copy, or one by its number. */
function AddCopy({ artwork, edition, onAdd }: AddCopyProps) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const errorId = useId()
  const kind = nextCopyNumber('copy', edition, artwork.copies) === null ? 'proof' : 'copy'
  const number = nextCopyNumber(kind, edition, artwork.copies)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const reading = typed.trim() ? parseCopyNumber(typed) : null
    if (reading && !reading.ok) return setError(reading.error)
    const isDone = reading ? await onAdd(reading.value.kind, reading.value.number) : await onAdd(kind, null)
    if (isDone) setTyped('')
  }
  return (
    <form className="copies-add" onSubmit={event => void submit(event)}>
      <input
        type="text"
        className="text-field"
        aria-label="Number of the copy"
        aria-invalid={error !== null}
        aria-describedby={errorId}
        autoComplete="off"
        maxLength={20}
        placeholder={number === null ? '' : formatCopyNumber({ kind, number }, edition)}
        value={typed}
        onChange={event => {
          setTyped(event.target.value)
          setError(null)
        }}
      />
      <Button type="submit" icon="add" title="Add a copy (Shift+C)">
        Add a copy
      </Button>
      <p id={errorId} className="copies-fault" aria-live="polite">
        {error && <span className="error-line">{error}</span>}
      </p>
    </form>
  )
}
