import { useState } from 'react'
import { useCall } from '../../lib/api.ts'
import type { MediaId, Output } from '../../lib/contract.ts'
import { formatMoment } from '../../lib/format.ts'
import { asDone } from '../../lib/marks.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from './section.tsx'
import './history.css'

type Entry = Output<'media.history'>[number]

/** So many are seen at once. */
const shownFirst = 6

/** What happened to this picture, newest first. */
export function History({ id }: { id: MediaId }) {
  const history = useCall('media.history', { id }, { keepsPrevious: true })
  const [wholeOf, setWholeOf] = useState<MediaId | null>(null)
  if (!history.data) return null
  const entries = wholeOf === id ? history.data : history.data.slice(0, shownFirst)
  return (
    <Section title="History">
      <ol className="picture-history">
        {entries.map((entry, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no names, and nothing of them is kept.
          <li key={place}>
            <span title={entry.kind === 'arrived' ? (entry.path ?? undefined) : undefined}>{historyLine(entry)}</span>
            <time className="quiet" dateTime={entry.at}>
              {formatMoment(entry.at)}
            </time>
          </li>
        ))}
      </ol>
      {entries.length < history.data.length && (
        <Button kind="quiet" className="picture-history-more" onClick={() => setWholeOf(id)}>
          Show all
        </Button>
      )}
    </Section>
  )
}

/** "You: Rated 12 pictures 3 stars" */
function historyLine(entry: Entry): string {
  switch (entry.kind) {
    case 'command':
      return `You: ${asDone(entry.title).replace(/\.$/, '')}`
    case 'arrived':
      return entry.folder === null ? 'Imported' : `Imported from ${entry.folder}`
    case 'missing':
      return 'Its file was not in its folder any more'
    case 'described':
      return describedLine(entry)
  }
}

function describedLine({ model, failure }: Extract<Entry, { kind: 'described' }>): string {
  if (model === null) return failure === null ? 'Looked at by Burg Ink' : 'Burg Ink could not look at it'
  return failure === null ? `Described by ${model}` : `${model} could not describe it`
}
