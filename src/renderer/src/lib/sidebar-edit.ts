import { createStore } from './store.ts'

/** What a person names in the sidebar. */
export type NamedKind = 'collection' | 'view'

/** What is being named, renamed or asked about in the sidebar. */
export type SidebarEdit =
  | { kind: NamedKind; id: null; mode: 'new' }
  | { kind: NamedKind; id: number; mode: 'rename' | 'delete' }

export const sidebarEdit = createStore<SidebarEdit | null>(null)

/** Where the keyboard was before, so that its keys go on working. */
export const focusPictures = (): void =>
  document.querySelector<HTMLElement>('.grid-scroller')?.focus({ preventScroll: true })
