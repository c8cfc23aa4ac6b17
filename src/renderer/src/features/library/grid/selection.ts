import type { MediaId } from '../../../lib/contract.ts'

/** By ids, so that a list that grows moves nothing; "all but these" costs nothing at a million. */
export type Selection = { kind: 'some'; ids: ReadonlySet<MediaId> } | { kind: 'all'; except: ReadonlySet<MediaId> }

export const noSelection: Selection = { kind: 'some', ids: new Set() }
export const everything: Selection = { kind: 'all', except: new Set() }

export const selectOnly = (id: MediaId): Selection => ({ kind: 'some', ids: new Set([id]) })

export function isSelected(selection: Selection, id: MediaId): boolean {
  return selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id)
}

export function countSelected(selection: Selection, total: number): number {
  return selection.kind === 'some' ? selection.ids.size : Math.max(0, total - selection.except.size)
}

export function toggle(selection: Selection, id: MediaId): Selection {
  const flip = (ids: ReadonlySet<MediaId>): Set<MediaId> => {
    const next = new Set(ids)
    if (!next.delete(id)) next.add(id)
    return next
  }
  return selection.kind === 'some'
    ? { kind: 'some', ids: flip(selection.ids) }
    : { kind: 'all', except: flip(selection.except) }
}

/** What was selected is not, and the rest is; as cheap for a million as for ten. */
export const inverted = (selection: Selection): Selection =>
  selection.kind === 'some' ? { kind: 'all', except: selection.ids } : { kind: 'some', ids: selection.except }

export function addTo(selection: Selection, ids: Iterable<MediaId>): Selection {
  if (selection.kind === 'some') return { kind: 'some', ids: new Set([...selection.ids, ...ids]) }
  const except = new Set(selection.except)
  for (const id of ids) except.delete(id)
  return { kind: 'all', except }
}

export function takeFrom(selection: Selection, ids: Iterable<MediaId>): Selection {
  if (selection.kind === 'all') return { kind: 'all', except: new Set([...selection.except, ...ids]) }
  const left = new Set(selection.ids)
  for (const id of ids) left.delete(id)
  return { kind: 'some', ids: left }
}

interface Listed {
  total: number
  idsIn(range: { first: number; end: number }): Promise<MediaId[]>
}

/** The ids that are selected; of everything they are asked for. */
export async function idsOf(selection: Selection, list: Listed): Promise<MediaId[]> {
  if (selection.kind === 'some') return [...selection.ids]
  const all = await list.idsIn({ first: 0, end: list.total })
  return all.filter(id => !selection.except.has(id))
}
