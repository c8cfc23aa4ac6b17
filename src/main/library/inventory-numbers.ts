import { nextInventoryNumber } from '../../shared/artworks.ts'
import type { Db } from './database.ts'

/** Numbers that were ever given. None is given to a second work, also when the first is gone; what was skipped stays so. */
export function createInventoryNumbers(db: Db) {
  const all = db.prepare<[], string>('SELECT number FROM inventory_numbers').pluck()
  const ownerOf = db.prepare<[string], number>('SELECT artwork_id FROM inventory_numbers WHERE number = ?').pluck()
  const keep = db.prepare<[string, number]>(
    'INSERT INTO inventory_numbers (number, artwork_id) VALUES (?, ?) ON CONFLICT (number) DO NOTHING',
  )
  /** What comes next of a pattern and year. A table asks for thousands, and looking at all numbers each time would take hours. */
  const nextOf = new Map<string, { pattern: string; year: number; next: string }>()

  return {
    /** @param given the year; null: this one. */
    next(pattern: string, given: number | null): string {
      const year = given ?? new Date().getFullYear()
      const key = `${year} ${pattern}`
      const known = nextOf.get(key)
      if (known) return known.next
      const next = nextInventoryNumber(pattern, year, all.iterate())
      nextOf.set(key, { pattern, year, next })
      return next
    },

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
      for (const each of nextOf.values()) {
        each.next = later(each.next, nextInventoryNumber(each.pattern, each.year, [number]))
      }
    },
  }
}

/** Of two numbers of one pattern. */
const later = (a: string, b: string): string => (b.length > a.length || (b.length === a.length && b > a) ? b : a)
