import { type GridLayoutName, gridLayouts } from './contract.ts'
import { createRememberedStore, isBoolean, isNumber } from './store.ts'

export type Theme = 'dark' | 'light'
const isTheme = (value: unknown): value is Theme => value === 'dark' || value === 'light'

/** Dark by choice, whatever the system prefers: pictures are judged against it. */
export const theme = createRememberedStore<Theme>('burg-ink.theme', 'dark', isTheme)
/** Closed at first where it would lie over the pictures. */
export const isInspectorOpen = createRememberedStore('burg-ink.inspector', globalThis.innerWidth >= 900, isBoolean)
export const sidebarWidth = createRememberedStore('burg-ink.sidebar-width', 232, isNumber)
export const inspectorWidth = createRememberedStore('burg-ink.inspector-width', 320, isNumber)
/** In review: the pictures before and after below, marks and suggestions over the picture, on to the next one after a mark. */
export const hasFilmstrip = createRememberedStore('burg-ink.filmstrip', false, isBoolean)
export const goesOnAfterMark = createRememberedStore('burg-ink.goes-on-after-mark', false, isBoolean)
export const hasReviewNotes = createRememberedStore('burg-ink.review-notes', true, isBoolean)

export type SimilarBy = 'look' | 'meaning'
const isSimilarBy = (value: unknown): value is SimilarBy => value === 'look' || value === 'meaning'
export const similarBy = createRememberedStore<SimilarBy>('burg-ink.similar-by', 'look', isSimilarBy)
export const hasSeenWelcome = createRememberedStore('burg-ink.welcomed', false, isBoolean)

export const cellSizes = { least: 96, most: 400, usual: 176, step: 16 } as const
export const cellSize = createRememberedStore<number>('burg-ink.cell-size', cellSizes.usual, isNumber)

const isGridLayout = (value: unknown): value is GridLayoutName => gridLayouts.some(layout => layout === value)
export const gridLayout = createRememberedStore<GridLayoutName>('burg-ink.grid-layout', 'square', isGridLayout)

export function startTheme(): void {
  const apply = (): void => {
    document.documentElement.dataset.theme = theme.get()
  }
  theme.subscribe(apply)
  apply()
}
