import { nextInventoryNumber } from '../../shared/artworks.ts'
import type { Db } from './database.ts'

/** Numbers that were ever given. None is given to a second work, also when the first is gone; what was skipped stays so. */
export function createInventoryNumbers(db: Db) {
  const all = db.prepare<[], string>('SELECT number FROM inventory_numbers').pluck()
  const ownerOf = db.prepare<[string], number>('SELECT artwork_id FROM inventory_numbers WHERE number = ?').pluck()
  const keep = db.prepare<[string, number]>(
    'INSERT INTO inventory_numbers (number, artwork_id) VALUES (?, ?) ON CONFLICT (number) DO NOTHING',
  )
  return {
    /** @param year null: of this year. */
    next: (pattern: string, year: number | null): string =>
      nextInventoryNumber(pattern, year ?? new Date().getFullYear(), all.iterate()),

    /** Whose it is or was; null: nobody's yet. */
    ownerOf: (number: string): number | null => ownerOf.get(number) ?? null,

    /** A work can always go back to one that it had. */
    isFree(number: string, artworkId: number): boolean {
      const owner = ownerOf.get(number)
      return owner === undefined || owner === artworkId
    },

    /** Not part of what can be undone. */
    keep(number: string, artworkId: number): void {
      keep.run(number, artworkId)
    },
  }
}
