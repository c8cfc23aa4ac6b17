import type { Collection } from '../../lib/collections.ts'

export type Choice = Collection | { id: null; name: string }

const folded = (text: string): string => text.trim().toLocaleLowerCase()

/** Collections whose name has what is typed, those that begin with it first; and a new one, where none has just that name. */
export function choicesFor(collections: readonly Collection[], typed: string): Choice[] {
  const text = folded(typed)
  const found = collections.filter(({ name }) => folded(name).includes(text))
  const first = found.filter(({ name }) => folded(name).startsWith(text))
  const ordered = [...first, ...found.filter(each => !first.includes(each))]
  const isNew = text !== '' && !collections.some(({ name }) => folded(name) === text)
  return isNew ? [...ordered, { id: null, name: typed.trim() }] : ordered
}
