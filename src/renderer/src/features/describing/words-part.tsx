import type { AnalysisOverview, Vocabulary } from '../../lib/contract.ts'
import { TokenInput } from '../../ui/token-input.tsx'
import { useDraft } from './draft.ts'
import { SaveBar } from './save-bar.tsx'

const limits = { words: 200, length: 60 }

const lists: readonly { key: keyof Vocabulary; label: string; hint: string }[] = [
  { key: 'media', label: 'Media', hint: 'Linocut, Ink on paper, Oil on board' },
  { key: 'series', label: 'Series', hint: 'Harbour, Night windows' },
  { key: 'subjects', label: 'Subjects', hint: 'Boats, My studio, Hands' },
]

/** An artist's own words, which the model chooses from. */
export function WordsPart({ overview }: { overview: AnalysisOverview }) {
  const draft = useDraft(overview.settings)
  const { vocabulary } = draft.settings
  return (
    <div className="describe-form">
      <div className="describe-section">
        <h2>Your words</h2>
        <p className="quiet">
          A model that has these lists says which of your media, series and subjects a picture belongs to, in your words
          and not in its own. Without media or series it names none; without subjects it names what it sees. What it
          says stays a suggestion until you confirm it.
        </p>
      </div>
      {lists.map(({ key, label, hint }) => (
        <TokenInput
          key={key}
          label={label}
          hint={hint}
          limits={limits}
          words={vocabulary[key]}
          onChange={words => draft.change({ vocabulary: { ...vocabulary, [key]: words } })}
        />
      ))}
      <p className="hint">
        Enter or a comma adds a word; a list can be pasted. Other words are other answers: pictures that were described
        with the old lists count as not described with the new ones.
      </p>
      <SaveBar draft={draft} />
    </div>
  )
}
