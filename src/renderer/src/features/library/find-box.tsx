import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { completed, completingAt } from '../../../../shared/find/complete.ts'
import { parseFind } from '../../../../shared/find/parse.ts'
import { runCommand } from '../../lib/commands.ts'
import { longestFind } from '../../lib/find.ts'
import { formatCount } from '../../lib/format.ts'
import { changeFilter, useRoute } from '../../lib/route.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Swatch, swatches } from '../../ui/swatch.tsx'
import { type Offer, useOffers } from './find-offers.ts'
import './find-box.css'

/** The text of the address, and as it is being typed: with the space at its end that the address has not. */
function useTyped() {
  const text = useRoute().filter.text ?? ''
  const [typed, setTyped] = useState(text)
  const type = (next: string): void => {
    setTyped(next)
    changeFilter({ text: next.trim() || undefined }, { replaces: text !== '' && 'soon' })
  }
  return [typed.trim() === text ? typed : text, type] as const
}

/** One box for all that can be looked for. Keys and values are offered as one types; what cannot be read is said below. */
export function FindBox() {
  const [typed, typeText] = useTyped()
  const [caret, setCaret] = useState(0)
  const [isIn, setIsIn] = useState(false)
  /** `asked`: by a key of the person's; `closed`: by Esc, until something else is typed. */
  const [list, setList] = useState<'as-typed' | 'asked' | 'closed'>('closed')
  const [chosen, setChosen] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const at = isIn && list !== 'closed' ? completingAt(typed, caret) : null
  const offers = useOffers(at, list === 'asked')
  const faults = isIn ? faultsOf(typed, offers.length > 0 ? caret : null) : []

  const type = (text: string, nextCaret: number): void => {
    typeText(text)
    setCaret(nextCaret)
    setList('as-typed')
    setChosen(-1)
  }
  const take = (offer: Offer): void => {
    if (!at) return
    const next = completed(typed, at, offer.insert)
    type(next.text, next.caret)
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret))
  }
  const move = (step: number): void => {
    const places = offers.length + 1
    setChosen(((chosen + 1 + step + places) % places) - 1)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (answerKey(event)) event.preventDefault()
  }
  /** @returns whether the key is not the browser's any more. */
  function answerKey(event: KeyboardEvent): boolean {
    const { key } = event
    if (event.nativeEvent.isComposing) return false
    if (key === 'ArrowDown' && event.altKey) return openList()
    if (offers.length > 0) {
      if (key === 'ArrowDown' || key === 'ArrowUp') return did(() => move(key === 'ArrowDown' ? 1 : -1))
      // What came by itself and was not gone into is no level of its own: Esc leaves the box at once.
      if (key === 'Escape' && (list === 'asked' || chosen >= 0)) return did(() => setList('closed'))
      const offer = offers[chosen] ?? (key === 'Tab' && !event.shiftKey ? firstCompletion(offers) : undefined)
      if ((key === 'Enter' || (key === 'Tab' && !event.shiftKey)) && offer) return did(() => take(offer))
    }
    if (key === 'Enter' || key === 'ArrowDown') return did(toPictures)
    return false
  }
  const openList = (): boolean => did(() => setList('asked'))

  return (
    <div className="find-box">
      <Icon name="search" />
      <input
        ref={input}
        id="find"
        type="search"
        role="combobox"
        placeholder="Find"
        aria-label="Find pictures"
        aria-autocomplete="list"
        aria-expanded={offers.length > 0}
        aria-controls={`${id}-offers`}
        aria-activedescendant={chosen >= 0 && chosen < offers.length ? `${id}-${chosen}` : undefined}
        aria-invalid={faults.length > 0}
        aria-describedby={`${id}-faults`}
        autoComplete="off"
        spellCheck={false}
        maxLength={longestFind}
        value={typed}
        onChange={event => type(event.target.value, event.target.selectionStart ?? event.target.value.length)}
        onSelect={event => setCaret(event.currentTarget.selectionStart ?? 0)}
        onFocus={() => setIsIn(true)}
        onBlur={() => {
          setIsIn(false)
          setList('closed')
        }}
        onKeyDown={onKeyDown}
      />
      {typed ? <IconButton icon="close" label="Clear" onClick={() => type('', 0)} /> : <kbd>/</kbd>}
      <div className="find-below">
        <Faults id={`${id}-faults`} faults={faults} />
        {offers.length > 0 && (
          <Offers id={id} offers={offers} chosen={chosen} isOfColours={at?.key === 'color'} onTake={take} />
        )}
      </div>
    </div>
  )
}

function did(what: () => void): true {
  what()
  return true
}

function toPictures(): void {
  runCommand('library.back')
  runCommand('grid.first')
}

/** Of a word that only happens to begin like a tag nothing is made without asking. */
function firstCompletion([first]: readonly Offer[]): Offer | undefined {
  return first?.isOther ? undefined : first
}

/** Without that of the term at the caret, where it is still being chosen. */
function faultsOf(text: string, choosingAt: number | null): string[] {
  return parseFind(text).flatMap(term => {
    const isChoosing = choosingAt !== null && term.start <= choosingAt && choosingAt <= term.end
    return term.kind === 'fault' && !isChoosing ? [term.message] : []
  })
}

/** There also while it is empty, so that what comes into it is read out. */
function Faults({ id, faults }: { id: string; faults: readonly string[] }) {
  return (
    <div id={id} role="status" className={faults.length > 0 ? 'find-faults' : undefined}>
      {[...new Set(faults)].map(fault => (
        <p key={fault}>{fault}</p>
      ))}
    </div>
  )
}

interface OffersProps {
  id: string
  offers: readonly Offer[]
  chosen: number
  isOfColours: boolean
  onTake: (offer: Offer) => void
}

function Offers({ id, offers, chosen, isOfColours, onTake }: OffersProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <div ref={box} id={`${id}-offers`} className="find-offers" role="listbox" aria-label="What can be looked for">
      {offers.map((offer, i) => (
        <div
          key={offer.label}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === chosen}
          // Before the field loses the keyboard, and this list with it.
          onPointerDown={event => {
            event.preventDefault()
            onTake(offer)
          }}
        >
          {isOfColours && offer.label in swatches && <Swatch colour={swatches[offer.label as keyof typeof swatches]} />}
          <span>{offer.label}</span>
          {offer.help && <span className="find-offer-note">{offer.help}</span>}
          {offer.count !== undefined && <span className="find-offer-note">{formatCount(offer.count)}</span>}
        </div>
      ))}
    </div>
  )
}
