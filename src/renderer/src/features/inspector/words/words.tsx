import type { MediaDetail, Suggestion } from '../../../lib/contract.ts'
import { useStore } from '../../../lib/store.ts'
import { currentOf, inShownOrder, sourceLine } from '../../../lib/suggested.ts'
import { decide } from '../../../lib/words.ts'
import { Section } from '../section.tsx'
import { suggestionCursor } from './cursor.ts'
import { NextSuggestion } from './next-suggestion.tsx'
import { Tags } from './tags.tsx'
import { useDecisions, useFreshCursor } from './use-decisions.ts'
import { WordRow } from './word-row.tsx'
import './words.css'

/** Who suggests what is below. */
function Source({ of }: { of: Suggestion | undefined }) {
  return of ? <span className="hint">suggested {sourceLine(of)}</span> : null
}

const rows = ['content', 'style', 'mood', 'medium', 'series'] as const

/** What is said of one picture: a person's words, and what is suggested where there are none. */
export function Words({ media }: { media: MediaDetail }) {
  const cursor = useStore(suggestionCursor)
  const suggestions = inShownOrder(media.suggestions)
  const next = currentOf(suggestions, cursor)
  useFreshCursor(media.id)
  const decideAll = (decision: 'confirm' | 'reject'): void =>
    void decide([media.id], decision, { count: suggestions.length })
  const decideNext = useDecisions({
    suggestions,
    next,
    decideOne: (suggestion, decision) => void decide([media.id], decision, { suggestion }),
    decideAll,
  })
  return (
    <>
      <NextSuggestion
        next={next}
        source={next ? sourceLine(next) : ''}
        count={suggestions.length}
        onDecide={decideNext}
        onDecideAll={decideAll}
      />
      <Section title="Title">
        <WordRow key={media.id} media={media} field="title" />
      </Section>
      <Section title="Description" end={<Source of={suggestions.find(({ field }) => field === 'description')} />}>
        <WordRow key={media.id} media={media} field="description" />
      </Section>
      <Tags key={media.id} media={media} />
      <Section title="In words" end={<Source of={suggestions.find(each => rows.some(row => row === each.field))} />}>
        {rows.map(field => (
          <WordRow key={`${media.id}-${field}`} media={media} field={field} />
        ))}
      </Section>
    </>
  )
}
