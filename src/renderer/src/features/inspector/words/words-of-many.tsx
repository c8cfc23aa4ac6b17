import { useEffect, useState } from 'react'
import { useCall } from '../../../lib/api.ts'
import type { MediaId, Output } from '../../../lib/contract.ts'
import { formatCount, plural } from '../../../lib/format.ts'
import { type SelectedMedia, selectedMost } from '../../../lib/selected-media.ts'
import { useStore } from '../../../lib/store.ts'
import { currentOf, keyOf } from '../../../lib/suggested.ts'
import { changeTags, decide } from '../../../lib/words.ts'
import { Section } from '../section.tsx'
import { suggestionAttribute, suggestionCursor } from './cursor.ts'
import { NextSuggestion } from './next-suggestion.tsx'
import { TagInput } from './tag-input.tsx'
import { tagFieldId } from './tags.tsx'
import { useDecisions, useFreshCursor } from './use-decisions.ts'
import { Verdict } from './verdict.tsx'
import './words.css'

/** What is suggested for several pictures at once, and tags for all of them. */
export function WordsOfMany({ selected }: { selected: SelectedMedia }) {
  const ids = useIds(selected)
  if (selected.count > selectedMost) {
    return (
      <p className="inspector-hint">
        Select at most {formatCount(selectedMost)} pictures to confirm suggestions and change tags of all of them.
      </p>
    )
  }
  return ids ? <Common ids={ids} /> : <div className="next-suggestion" />
}

type CommonSuggestion = Output<'suggestions.common'>[number]

function Common({ ids }: { ids: MediaId[] }) {
  const common = useCall('suggestions.common', { mediaIds: ids }, { keepsPrevious: true })
  const cursor = useStore(suggestionCursor)
  const suggestions = common.data ?? []
  const next = currentOf(suggestions, cursor)
  useFreshCursor(ids)
  const decideAll = (decision: 'confirm' | 'reject'): void => void decide(ids, decision, {})
  const decideOne = (suggestion: CommonSuggestion, decision: 'confirm' | 'reject'): void =>
    void decide(ids, decision, { suggestion })
  const decideNext = useDecisions({
    suggestions,
    next,
    decideOne: (suggestion, decision) => void decide(ids, decision, { suggestion }),
    decideAll,
  })
  const share = (count: number): string => `${formatCount(count)} of ${formatCount(ids.length)}`
  return (
    <>
      <NextSuggestion
        next={next}
        source={next ? `for ${share(next.count)}` : ''}
        count={null}
        onDecide={decideNext}
        onDecideAll={decideAll}
      />
      <Section title={`Tags of ${plural(ids.length, 'picture')}`}>
        <TagInput id={tagFieldId} label="Add a tag to all" onTag={name => void changeTags(ids, { add: [name] })} />
        <TagInput label="Remove a tag from all" onTag={name => void changeTags(ids, { remove: [name] })} />
      </Section>
      {suggestions.length > 0 && (
        <Section title="Suggested most often">
          <ul className="common-suggestions">
            {suggestions.map(each => (
              <li
                key={keyOf(each)}
                className={each === next ? 'is-next' : ''}
                {...{ [suggestionAttribute]: keyOf(each) }}
                onFocus={() => suggestionCursor.set(keyOf(each))}
              >
                <span className="common-value" title={each.value}>
                  {each.value}
                </span>
                <span className="common-count">
                  {each.field === 'tag' ? '' : `${each.field} · `}
                  {share(each.count)}
                </span>
                <Verdict
                  suggestion={each}
                  onConfirm={() => decideOne(each, 'confirm')}
                  onReject={() => decideOne(each, 'reject')}
                />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

/** The ids that are selected, as soon as they are known. */
function useIds(selected: SelectedMedia): MediaId[] | null {
  const [known, setKnown] = useState<{ of: SelectedMedia; ids: MediaId[] } | null>(null)
  useEffect(() => {
    let isWanted = true
    // While one still stretches the selection, nothing is asked.
    const timer = setTimeout(() => {
      if (selected.count > selectedMost) return
      selected.ids().then(
        ids => isWanted && setKnown({ of: selected, ids }),
        () => undefined,
      )
    }, 150)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [selected])
  return known && known.ids.length > 1 ? known.ids : null
}
