import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { Library } from '../library/index.ts'

export interface WordsHandlerParts {
  library: Library
  comparing: Comparing
}

/** How descriptions are compared. */
export interface Comparing {
  /** Null where none is set. */
  model(): string | null
  /** Why the model does not get on, for a person to read. */
  problem(): string | null
  isUnderWay(): boolean
  settingsChanged(): Promise<void>
}

type WordsCalls = `suggestions.${string}` | `words.${string}` | 'tags.change' | 'media.similar' | 'media.nearDuplicates'

/** What the app answers about a person's words, what is suggested to them, and what is alike. */
export function createWordsHandlers({
  library,
  comparing,
}: WordsHandlerParts): Pick<Handlers, Extract<keyof Handlers, WordsCalls>> {
  const { ask, detail, embeddings, words } = library

  function meaningNotice(isOneDue: boolean): string | null {
    const problem = comparing.problem()
    if (problem !== null) return problem
    const due = embeddings.countDue()
    if (due > 0 || comparing.isUnderWay())
      return `Descriptions are being compared${due > 0 ? `: ${due.toLocaleString('en-US')} still to come` : ''}.`
    return isOneDue ? 'Nothing is said of this picture yet. Describe it, or add tags.' : null
  }

  async function similarByMeaning(id: number, limit: number) {
    const model = comparing.model()
    if (model === null) {
      return { items: [], notice: 'Choose a model that compares descriptions, under Descriptions.' }
    }
    const { items, fault } = await ask.similarByMeaning(id, limit, model)
    return { items, notice: meaningNotice(fault !== null) }
  }

  return {
    'suggestions.common': ({ mediaIds }) => ask.commonSuggestions(mediaIds),
    'suggestions.decide': ({ mediaIds, decision, suggestion }) => words.decide(mediaIds, decision, suggestion),
    'words.set': ({ mediaIds, field, value }) => words.set(mediaIds, field, value),
    'tags.change': ({ mediaIds, add, remove }) => words.changeTags(mediaIds, add, remove),
    'media.similar': async ({ id, by, limit }) => {
      if (!detail(id)) throw new CallFailed('not-found', 'This picture is not in the library.')
      if (by === 'meaning') return similarByMeaning(id, limit)
      const { items, fault } = await ask.similarByLook(id, limit)
      return {
        items,
        notice: fault === 'plain' ? 'This picture is too plain to be told from others by its look.' : null,
      }
    },
    'media.nearDuplicates': ({ after, limit }) => ask.nearDuplicates(after, limit),
  }
}
