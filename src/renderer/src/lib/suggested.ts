import type { MediaDetail, Suggestion } from './contract.ts'

export type Decision = 'confirm' | 'reject'
export type Suggested = Pick<Suggestion, 'field' | 'value'>

/** Names a suggestion of a picture. */
export const keyOf = ({ field, value }: Suggested): string => `${field} ${value}`

const isSame = (a: Suggested, b: Suggested): boolean => a.field === b.field && a.value === b.value

/** As the inspector shows them from top to bottom: the description, tags, the other fields. */
export function inShownOrder<T extends Suggested>(suggestions: readonly T[]): T[] {
  const placeOf = ({ field }: T): number => (field === 'description' ? 0 : field === 'tag' ? 1 : 2)
  return suggestions.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** The one a key acts on: that with this key, else the first. */
export function currentOf<T extends Suggested>(suggestions: readonly T[], key: string | null): T | undefined {
  return suggestions.find(each => keyOf(each) === key) ?? suggestions[0]
}

/** Where the keys go on when this one is decided: to the next, at the end to the one before. */
export function keyAfter(suggestions: readonly Suggested[], decided: Suggested): string | null {
  const index = suggestions.findIndex(each => isSame(each, decided))
  const next = suggestions[index + 1] ?? suggestions[index - 1]
  return next ? keyOf(next) : null
}

/** The picture as it will be: shown at once, while the app writes it down. Without `suggestion`: all of them are decided. */
export function afterDecision(media: MediaDetail, decision: Decision, suggestion?: Suggested): MediaDetail {
  const decided = media.suggestions.filter(each => !suggestion || isSame(each, suggestion))
  const suggestions = media.suggestions.filter(each => !decided.includes(each))
  const names = decided.filter(each => each.field === 'tag').map(each => each.value)
  if (decision === 'reject') {
    const isDescription = decided.some(each => each.field === 'description')
    const tags = media.tags.filter(tag => !names.includes(tag.name))
    return { ...media, suggestions, tags, ...(isDescription && { description: null }) }
  }
  const words = Object.fromEntries(decided.filter(each => each.field !== 'tag').map(each => [each.field, each.value]))
  const confirmed = names.map(name => ({ name, source: 'person', confidence: null }))
  return { ...media, suggestions, words: { ...media.words, ...words }, tags: [...confirmed, ...media.tags] }
}

/** Tags of a person, each once. */
export function confirmedTags(media: MediaDetail): string[] {
  const names = media.tags.filter(tag => tag.source === 'person').map(tag => tag.name)
  return [...new Set(names)].sort((a, b) => a.localeCompare(b))
}

/** "openai, 90 % sure" */
export function sourceLine({ source, confidence }: Pick<Suggestion, 'source' | 'confidence'>): string {
  const name = source === 'builtin' ? 'from file and colours' : `by ${source}`
  return confidence === null ? name : `${name}, ${Math.round(confidence * 100)} % sure`
}
