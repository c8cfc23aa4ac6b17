import { type ReactNode, useId } from 'react'
import { starsInWords } from '../../../../shared/marks.ts'
import { flags, labels, type MarkChange, type Marks } from '../../lib/contract.ts'
import { mark } from '../../lib/marks.ts'
import type { SelectedMedia } from '../../lib/selected-media.ts'
import { Icon } from '../../ui/icon.tsx'
import { LabelChip } from '../../ui/marks.tsx'
import { Section } from './section.tsx'
import './marks.css'

const flagWords = { picked: 'Picked', rejected: 'Rejected' } as const

/** Flag, stars and label of one picture. */
export function MarksOfOne({ media }: { media: Marks & { id: number; isRatingOfFile: boolean } }) {
  const source = media.isRatingOfFile ? <span className="hint">stars from the file</span> : null
  const set = (change: MarkChange): void => void mark({ count: 1, ids: async () => [media.id], current: media }, change)
  return <MarkFields marks={media} source={source} onChange={set} />
}

/** The same for all that is selected. What they have now is not shown: it may be different from one to the next. */
export function MarksOfMany({ selected }: { selected: SelectedMedia }) {
  const set = (change: MarkChange): void => void mark({ ...selected, current: undefined }, change)
  return <MarkFields marks={null} source={null} onChange={set} />
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
