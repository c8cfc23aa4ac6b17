import { type KeyboardEvent, useId } from 'react'
import type { FieldSource } from '../../../../shared/artworks.ts'
import { sourceTitles } from '../../lib/artwork-words.ts'
import { Icon } from '../../ui/icon.tsx'
import type { FieldKind } from './fields.ts'

interface FieldRowProps {
  kind: FieldKind
  text: string
  /** What cannot be read of it, and what to write. */
  error: string | null
  /** Who says so, where it is not the person. */
  source: FieldSource | undefined
  /** What the keys Y and N act on. */
  isNext?: boolean
  /** Names to choose from. */
  offers?: readonly string[]
  onText: (text: string) => void
  /** Enter, or left. */
  onEnd?: () => void
  onCancel?: () => void
  onConfirm: () => void
}

/** One field of a work: its name, what is written, and who says so. */
export function FieldRow(props: FieldRowProps) {
  const { kind, text, error, source, isNext = false, offers } = props
  const id = useId()
  const noteId = `${id}-note`
  const list = `${id}-list`
  const onKeyDown = (event: KeyboardEvent): void => {
    const isEnd = event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey
    if (event.key === 'Escape' && props.onCancel) {
      event.stopPropagation()
      event.preventDefault()
      props.onCancel()
    } else if (isEnd && props.onEnd && !kind.isLong) {
      event.preventDefault()
      props.onEnd()
    }
  }
  const field = {
    id,
    className: 'text-field',
    value: text,
    placeholder: kind.example,
    autoComplete: 'off',
    'aria-invalid': error !== null,
    'aria-describedby': noteId,
    onChange: (event: { target: { value: string } }) => props.onText(event.target.value),
    onBlur: () => props.onEnd?.(),
    onKeyDown,
  }
  return (
    <div className={`artwork-field ${isNext ? 'is-next' : ''} ${source ? 'is-suggested' : ''}`}>
      <label htmlFor={id}>{kind.label}</label>
      <div className="artwork-field-body">
        {kind.isLong ? <textarea rows={3} {...field} /> : <input type="text" list={offers && list} {...field} />}
        {offers && (
          <datalist id={list}>
            {offers.map(name => (
              <option key={name} value={name} />
            ))}
          </datalist>
        )}
      </div>
      <span className="artwork-field-source">
        {source && (
          <button
            type="button"
            className="artwork-confirm"
            title={`${sourceTitles[source.source]}${sureness(source)}. Confirm it`}
            aria-label={`Confirm ${kind.label.toLowerCase()}, ${sourceTitles[source.source]}`}
            onClick={props.onConfirm}
          >
            <Icon name="check" size={12} />
            {sourceTitles[source.source]}
          </button>
        )}
      </span>
      <p id={noteId} className="artwork-field-note" aria-live="polite">
        {error && <span className="error-line">{error}</span>}
      </p>
    </div>
  )
}

const sureness = ({ confidence }: FieldSource): string =>
  confidence === null ? '' : `, ${Math.round(confidence * 100)} % sure`
