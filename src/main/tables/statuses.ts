import type { ArtworkStatus } from '../../shared/artworks.ts'
import type { Flag, Label } from '../../shared/media.ts'
import { plainWords } from './cells.ts'

/** In English, German, French and Spanish, as `plainWords` writes it. */
const statusNames: Record<ArtworkStatus, string> = {
  available: 'available, for sale, in stock, verfugbar, frei, zu verkaufen, disponible, a vendre, en venta',
  reserved: 'reserved, on hold, reserviert, reserve, reservee, reservado, reservada',
  sold: 'sold, verkauft, vendu, vendue, vendido, vendida',
  'on-loan': 'on loan, loan, loaned, leihgabe, verliehen, ausgeliehen, en pret, pret, prete, en prestamo, prestado',
  'not-for-sale':
    'not for sale, nfs, unverkauflich, nicht verkauflich, nicht zu verkaufen, privatbesitz, pas a vendre, non a vendre, no en venta, no esta en venta',
}

const flagNames: Record<Flag, string> = {
  picked: 'picked, pick, yes, ausgewahlt, retenu, elegido',
  rejected: 'rejected, reject, abgelehnt, rejete, rechazado',
}

const labelNames: Record<Label, string> = {
  red: 'red, rot, rouge, rojo',
  yellow: 'yellow, gelb, jaune, amarillo',
  green: 'green, grun, vert, verde',
  blue: 'blue, blau, bleu, azul',
  purple: 'purple, violet, lila, violett, pourpre, purpura, morado',
}

export const statusOf = finder(statusNames)
export const flagOf = finder(flagNames)
export const labelOf = finder(labelNames)

function finder<T extends string>(names: Record<T, string>): (text: string) => T | null {
  const known = new Map(
    Object.entries<string>(names).flatMap(([value, text]) => text.split(', ').map(name => [name, value as T] as const)),
  )
  return text => known.get(plainWords(text)) ?? null
}
