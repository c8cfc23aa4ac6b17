import type { OwnWordField, Suggestion } from '../../shared/analysis.ts'
import { plural } from '../../shared/format.ts'
import { type MarkChange, markTitle } from '../../shared/marks.ts'
import type { TableSubject } from '../../shared/tables.ts'

/** What a person's commands are called in their history: something to do, since it stands after "Undo" and "Redo". */
export const titles = {
  decide(
    decision: 'confirm' | 'reject',
    named: Pick<Suggestion, 'value'> | undefined,
    count: number,
    pictures: number,
  ) {
    const what = named ? `“${cut(named.value)}”` : plural(count, 'suggestion')
    return `${decision === 'confirm' ? 'Confirm' : 'Reject'} ${what} for ${plural(pictures, 'picture')}`
  },

  setWord(field: OwnWordField, isTakenBack: boolean, pictures: number) {
    return `${isTakenBack ? 'Take back' : 'Change'} the ${field} of ${plural(pictures, 'picture')}`
  },

  changeTags(added: readonly string[], removed: readonly string[], pictures: number) {
    const of = plural(pictures, 'picture')
    if (removed.length === 0) return `Add ${tagsIn(added)} to ${of}`
    if (added.length === 0) return `Remove ${tagsIn(removed)} from ${of}`
    return `Change tags of ${of}`
  },

  readSidecars: (pictures: number) => `Read the sidecars of ${plural(pictures, 'picture')}`,

  createCollection(name: string, pictures: number) {
    return `Make the collection “${cut(name)}”${pictures > 0 ? ` of ${plural(pictures, 'picture')}` : ''}`
  },
  addTo: (name: string, pictures: number) => `Add ${plural(pictures, 'picture')} to “${cut(name)}”`,
  takeFrom: (name: string, pictures: number) => `Take ${plural(pictures, 'picture')} from “${cut(name)}”`,
  saveView: (name: string) => `Save the view “${cut(name)}”`,
  rename: (what: 'collection' | 'view', name: string) => `Rename the ${what} “${cut(name)}”`,
  delete: (what: 'collection' | 'view', name: string) => `Delete the ${what} “${cut(name)}”`,

  importTable(name: string, subject: TableSubject, count: number) {
    return `Import ${plural(count, subject === 'works' ? 'work' : 'picture')} from “${cut(name)}”`
  },

  mark: (change: MarkChange, pictures: number) => markTitle(change, plural(pictures, 'picture')),
}

const cut = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

function tagsIn(names: readonly string[]): string {
  return names.length === 1 ? `tag “${cut(names[0] as string)}”` : plural(names.length, 'tag')
}
