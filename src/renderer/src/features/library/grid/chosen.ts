import type { Chosen, MediaId } from '../../../lib/contract.ts'
import type { IndexRange } from './layout.ts'
import type { ListView } from './media-list.ts'
import type { Selection } from './selection.ts'

/** As many as one call may name. */
const mostNamed = 10_000

interface List {
  view: Pick<ListView, 'filter'>
  total: number
  idsIn(range: IndexRange): Promise<MediaId[]>
}

/** What is selected, as the app is told of it: by name, or as all that the filter shows. @throws where it cannot be told. */
export async function chosenOf(selection: Selection, list: List): Promise<Chosen> {
  if (selection.kind === 'all' && selection.except.size === 0) return { filter: list.view.filter }
  const mediaIds =
    selection.kind === 'some'
      ? [...selection.ids]
      : (await list.idsIn({ first: 0, end: list.total })).filter(id => !selection.except.has(id))
  if (mediaIds.length > mostNamed) throw new Error('Select at most 10,000 pictures one by one, or all of them.')
  return { mediaIds }
}
