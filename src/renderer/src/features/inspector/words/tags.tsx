import type { MediaDetail, Suggestion } from '../../../lib/contract.ts'
import { findNamed } from '../../../lib/find.ts'
import { useStore } from '../../../lib/store.ts'
import { confirmedTags, currentOf, inShownOrder, keyOf, sourceLine } from '../../../lib/suggested.ts'
import { changeTags, decide } from '../../../lib/words.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Section } from '../section.tsx'
import { suggestionAttribute, suggestionCursor } from './cursor.ts'
import { TagInput } from './tag-input.tsx'
import { Verdict } from './verdict.tsx'

export const tagFieldId = 'add-tag'

/** A person's tags, solid; what is suggested, outlined; and a field for more. */
export function Tags({ media }: { media: MediaDetail }) {
  const cursor = useStore(suggestionCursor)
  const suggested = media.suggestions.filter(each => each.field === 'tag')
  const next = currentOf(inShownOrder(media.suggestions), cursor)
  return (
    <Section title="Tags">
      <div className="inspector-tags">
        {confirmedTags(media).map(name => (
          <span key={name} className="tag">
            <TagName name={name} title="Show all pictures with it" />
            <button
              type="button"
              className="tag-remove"
              title={`Remove ${name}`}
              aria-label={`Remove ${name}`}
              onClick={() => void changeTags([media.id], { remove: [name] })}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        ))}
        {suggested.map(suggestion => (
          <SuggestedTag key={suggestion.value} media={media} suggestion={suggestion} isNext={suggestion === next} />
        ))}
      </div>
      <TagInput id={tagFieldId} label="Add a tag" onTag={name => void changeTags([media.id], { add: [name] })} />
    </Section>
  )
}

interface SuggestedTagProps {
  media: MediaDetail
  suggestion: Suggestion
  isNext: boolean
}

function SuggestedTag({ media, suggestion, isNext }: SuggestedTagProps) {
  const key = keyOf(suggestion)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard is in its buttons; which of them, the keys Y and N follow.
    <span
      className={`tag is-suggested ${isNext ? 'is-next' : ''}`}
      {...{ [suggestionAttribute]: key }}
      onFocus={() => suggestionCursor.set(key)}
    >
      <TagName name={suggestion.value} title={`Suggested ${sourceLine(suggestion)}. Show all pictures with it`} />
      <Verdict
        suggestion={suggestion}
        onConfirm={() => void decide([media.id], 'confirm', { suggestion })}
        onReject={() => void decide([media.id], 'reject', { suggestion })}
      />
    </span>
  )
}

function TagName({ name, title }: { name: string; title: string }) {
  return (
    <button type="button" className="tag-name" title={title} onClick={() => findNamed('tag', name)}>
      {name}
    </button>
  )
}
