import type { Output } from './contract.ts'
import { plural } from './format.ts'
import type { Transport } from './transport.ts'

/** As many paths as the app takes at once. */
export const droppedMax = 1000

/** What is known of a drag before it is dropped: how many things, and how many of them are pictures by their type. */
export interface Dragged {
  count: number
  pictures: number
}

/** Null: no files. Text, links and the like are not for this window. */
export function draggedOf(transfer: Pick<DataTransfer, 'types' | 'items'>): Dragged | null {
  if (!transfer.types.includes('Files')) return null
  const files = Array.from(transfer.items).filter(({ kind }) => kind === 'file')
  return { count: files.length, pictures: files.filter(({ type }) => type.startsWith('image/')).length }
}

interface Intention {
  title: string
  text: string
}

/** What a drop would do. Folders and files of unknown kinds cannot be told apart before it. */
export function intentionOf({ count, pictures }: Dragged, { knowsPaths }: Pick<Transport, 'knowsPaths'>): Intention {
  if (!knowsPaths) {
    return {
      title: 'A browser does not say where files are',
      text: 'Drop them all the same: on the next screen you choose the folder they are in.',
    }
  }
  const others = count - pictures
  const kinds = [
    pictures > 0 && plural(pictures, 'picture'),
    others > 0 && plural(others, 'folder or other file', 'folders or other files'),
  ]
  const stay = 'They stay where they are; nothing is moved or changed.'
  if (count > droppedMax) return { title: `Too many: ${plural(count, 'item')}`, text: tooMany(count) }
  if (count === 0) return { title: 'Drop to import', text: stay }
  if (pictures === count) return { title: `Drop to import ${plural(count, 'picture')}`, text: stay }
  return { title: `Drop to import ${plural(count, 'item')}`, text: `${kinds.filter(Boolean).join(' and ')}. ${stay}` }
}

const tooMany = (count: number): string =>
  `${plural(count, 'item')} at once are more than Burg Ink takes (${plural(droppedMax, 'item')}). Drop the folder they are in instead.`

/** One of the things that were dropped. */
export interface Dropped {
  name: string
  /** Null: it is on no disk, or nobody says where. */
  path: string | null
  isFolder: boolean
}

export type DropDecision =
  | { kind: 'import'; paths: string[]; lost: number }
  /** A sentence that says why not, and what to do. */
  | { kind: 'explain'; sentence: string; leadsToImport: boolean }

export function decideDrop(dropped: readonly Dropped[], { knowsPaths }: Pick<Transport, 'knowsPaths'>): DropDecision {
  const explain = (sentence: string, leadsToImport = false): DropDecision => ({
    kind: 'explain',
    sentence,
    leadsToImport,
  })
  if (!knowsPaths) return explain('A browser does not say where dropped files are. Choose their folder here.', true)
  if (dropped.length > droppedMax) return explain(tooMany(dropped.length))
  const paths = dropped.flatMap(({ path }) => path ?? [])
  if (paths.length === 0) return explain('What was dropped is no file on this computer. Save it first, then drop it.')
  return { kind: 'import', paths, lost: dropped.length - paths.length }
}

/** "Paris", "2 folders and 3 files". */
function whatOf(things: readonly Dropped[]): string {
  const [only, ...others] = things
  if (only && others.length === 0) return only.name
  const folders = things.filter(({ isFolder }) => isFolder).length
  const files = things.length - folders
  return [folders > 0 && plural(folders, 'folder'), files > 0 && plural(files, 'file')].filter(Boolean).join(' and ')
}

/** Null: nothing of it began. */
export function beganLine(dropped: readonly Dropped[], refused: Output<'files.import'>['refused']): string | null {
  const left = new Set(refused.map(({ path }) => path))
  const taken = dropped.filter(({ path }) => path !== null && !left.has(path))
  return taken.length > 0 ? `Importing ${whatOf(taken)}.` : null
}
