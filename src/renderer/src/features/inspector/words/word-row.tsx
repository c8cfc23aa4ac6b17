import { useState } from 'react'
import type { MediaDetail, OwnWordField } from '../../../lib/contract.ts'
import { useStore } from '../../../lib/store.ts'
import { currentOf, inShownOrder, keyOf, sourceLine } from '../../../lib/suggested.ts'
import { decide, setWord } from '../../../lib/words.ts'
import { suggestionAttribute, suggestionCursor } from './cursor.ts'
import { EditText } from './edit-text.tsx'
import { Verdict } from './verdict.tsx'

const titles: Record<OwnWordField, string> = {
  title: 'Title',
  description: 'Description',
  content: 'Content',
  style: 'Style',
  mood: 'Mood',
  medium: 'Medium',
  series: 'Series',
}

/** One field: a person's words, or what is suggested, or a place to write. A click or Enter edits it. */
export function WordRow({ media, field }: { media: MediaDetail; field: OwnWordField }) {
  const [isEditing, setIsEditing] = useState(false)
  const cursor = useStore(suggestionCursor)
  const own = media.words[field]
  const suggestion = media.suggestions.find(each => each.field === field)
  // A title that nobody gave is the one written in the file.
  const value = own ?? suggestion?.value ?? (field === 'title' ? (media.title ?? undefined) : undefined)
  const isNext = suggestion !== undefined && currentOf(inShownOrder(media.suggestions), cursor) === suggestion
  // Under its own heading.
  const isAlone = field === 'description' || field === 'title'
  const name = isAlone ? null : <span className="word-name">{titles[field]}</span>
  const end = (text: string | null): void => {
    setIsEditing(false)
    if (text !== (value ?? null) && !(text === null && own === undefined)) void setWord([media.id], field, text)
  }
  if (isEditing) {
    return (
      <div className={`word-row is-${field}`}>
        {name}
        <EditText label={titles[field]} value={value ?? ''} onEnd={end} onCancel={() => setIsEditing(false)} />
      </div>
    )
  }
  const key = suggestion && keyOf(suggestion)
  return (
    <div
      className={`word-row is-${field} ${isNext ? 'is-next' : ''}`}
      {...(key && { [suggestionAttribute]: key, onFocus: () => suggestionCursor.set(key) })}
    >
      {name}
      <button
        type="button"
        className={`word-value ${own === undefined ? 'is-suggested' : ''}`}
        title={suggestion ? `Suggested ${sourceLine(suggestion)}. Click to edit.` : 'Click to edit.'}
        aria-label={value === undefined ? `Add ${titles[field]}` : `${titles[field]}: ${value}. Edit`}
        onClick={() => setIsEditing(true)}
      >
        {value ?? <span className="word-none">Add</span>}
      </button>
      {suggestion && (
        <Verdict
          suggestion={suggestion}
          onConfirm={() => void decide([media.id], 'confirm', { suggestion })}
          onReject={() => void decide([media.id], 'reject', { suggestion })}
        />
      )}
    </div>
  )
}
