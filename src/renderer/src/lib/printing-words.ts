import type { PageSize } from '../../../shared/printing.ts'

export const pageSizeTitles: Record<PageSize, string> = { a4: 'A4', letter: 'US Letter' }
