import { meantText } from '../../shared/tables.ts'

export const textOf = (cell: string | undefined): string => meantText(cell ?? '')

/** Several values of one cell. Names of files may hold commas, so those divide nothing. */
export const listOf = (text: string): string[] =>
  text
    .split(/[;|\n]/)
    .map(part => part.trim())
    .filter(part => part !== '')

/** Without case, accents and signs, so that `Höhe (cm)` and `HOEHE_CM` are words that can be compared. */
export const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
