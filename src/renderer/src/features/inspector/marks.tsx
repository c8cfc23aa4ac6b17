import { type MouseEvent, type ReactNode, useId } from 'react'
import { starsInWords } from '../../../../shared/marks.ts'
import { flags, labels, type MarkChange, type Marks, type MediaDetail } from '../../lib/contract.ts'
import { mark } from '../../lib/marks.ts'
import type { SelectedMedia } from '../../lib/selected-media.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LabelChip } from '../../ui/marks.tsx'
import { Section } from './section.tsx'
import './marks.css'

const flagWords = { picked: 'Picked', rejected: 'Rejected' } as const

/** Flag, stars and label of one picture. */
export function MarksOfOne({ media }: { media: MarkedOne }) {
  const set = (change: MarkChange): void => void mark({ count: 1, ids: async () => [media.id], current: media }, change)
  const source = media.isRatingOfFile ? (
    <span className="hint">stars from the file</span>
  ) : (
    media.ratingInFile !== null && <AsInFile rating={media.ratingInFile} onSet={set} />
  )
  return <MarkFields marks={media} source={source} onChange={set} />
}

type MarkedOne = Marks & Pick<MediaDetail, 'id' | 'isRatingOfFile' | 'ratingInFile'>

/** It goes when it has done its work, so the keyboard goes on to the stars that are shown then. */
function AsInFile({ rating, onSet }: { rating: number; onSet: (change: MarkChange) => void }) {
  const words = starsInWords(rating)
  const take = (event: MouseEvent<HTMLElement>): void => {
    event.currentTarget.closest('section')?.querySelector<HTMLElement>(`[aria-label="${words}"]`)?.focus()
    onSet({ rating: null })
  }
  return (
    <Button kind="quiet" className="as-in-file" onClick={take}>
      As in the file: {words}
    </Button>
  )
}

/** The same for all that is selected. What they have now is not shown: it may be different from one to the next. */
export function MarksOfMany({ selected }: { selected: SelectedMedia }) {
  const set = (change: MarkChange): void => void mark({ ...selected, current: undefined }, change)
  const source = (
    <Button kind="quiet" className="as-in-file" onClick={() => set({ rating: null })}>
      Stars as in the files
    </Button>
  )
  return <MarkFields marks={null} source={source} onChange={set} />
}

interface MarkFieldsProps {
  marks: Marks | null
  source: ReactNode
  onChange: (change: MarkChange) => void
}

function MarkFields({ marks, source, onChange }: MarkFieldsProps) {
  const rating = marks ? (marks.rating ?? 0) : undefined
  return (
    <Section title="Marks" end={source}>
      <div className="mark-fields">
        <Choices
          title="Flag"
          chosen={marks?.flag}
          onChoose={flag => onChange({ flag })}
          choices={[
            ...flags.map(flag => ({ value: flag, word: flagWords[flag], shown: <Icon name={flag} /> })),
            { value: null, word: 'Neither picked nor rejected', shown: '–' },
          ]}
        />
        <Choices
          title="Stars"
          chosen={rating}
          onChoose={stars => onChange({ rating: stars })}
          choices={[0, 1, 2, 3, 4, 5].map(stars => ({
            value: stars,
            word: starsInWords(stars),
            shown: stars === 0 ? '–' : stars <= (rating ?? 0) ? '★' : '☆',
          }))}
        />
        <Choices
          title="Label"
          chosen={marks?.label}
          onChoose={label => onChange({ label })}
          choices={[
            ...labels.map(label => ({ value: label, word: label, shown: <LabelChip label={label} /> })),
            { value: null, word: 'no label', shown: '–' },
          ]}
        />
      </div>
    </Section>
  )
}

interface ChoicesProps<T> {
  title: string
  /** Undefined: none of them. */
  chosen: T | undefined
  choices: readonly { value: T; word: string; shown: ReactNode }[]
  onChoose: (value: T) => void
}

/** A group of radio buttons: one stop of the tab key, arrows within. */
function Choices<T extends string | number | null>({ title, chosen, choices, onChoose }: ChoicesProps<T>) {
  const name = useId()
  return (
    <fieldset className="mark-choices">
      <legend>{title}</legend>
      {choices.map(({ value, word, shown }) => (
        <label key={word} title={word}>
          <input
            type="radio"
            name={name}
            aria-label={word}
            checked={chosen === value}
            onChange={() => onChoose(value)}
          />
          {shown}
        </label>
      ))}
    </fieldset>
  )
}
