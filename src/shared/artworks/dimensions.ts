import { z } from 'zod'
import { plainSpaces, type Reading, read, unread } from './reading.ts'

export const sizeUnits = ['mm', 'cm', 'in'] as const
export const sizeUnitSchema = z.enum(sizeUnits)
export type SizeUnit = (typeof sizeUnits)[number]

/** The largest side that is taken for a work: a hundred metres. */
const mostMm = 100_000
const sideMm = z.number().positive().max(mostMm)

/** Height × width × depth in millimetres; `unit` is the one that the person uses. */
export const dimensionsSchema = z.object({
  heightMm: sideMm,
  widthMm: sideMm.nullable(),
  depthMm: sideMm.nullable(),
  unit: sizeUnitSchema,
})
export type Dimensions = z.infer<typeof dimensionsSchema>

const mmOf: Record<string, number> = { mm: 1, cm: 10, m: 1000, in: 25.4, ft: 304.8 }
/** In which a length that was given in another unit is shown. */
const shownIn: Record<string, SizeUnit> = { mm: 'mm', cm: 'cm', m: 'cm', in: 'in', ft: 'in' }

const unitNames: Record<string, string> = {
  '"': 'in',
  '”': 'in',
  '″': 'in',
  inch: 'in',
  inches: 'in',
  "'": 'ft',
  '′': 'ft',
  '’': 'ft',
  feet: 'ft',
  foot: 'ft',
}

const vulgar: Record<string, string> = {
  '½': '1/2',
  '¼': '1/4',
  '¾': '3/4',
  '⅛': '1/8',
  '⅜': '3/8',
  '⅝': '5/8',
  '⅞': '7/8',
  '⅓': '1/3',
  '⅔': '2/3',
}

const example = 'Write it such as 30 × 40 cm, or 12 1/2 × 9 in.'
const numberPattern = String.raw`\d+ \d+\/\d+|\d+\/\d+|\d+(?:[.,]\d+)?`
const sidePattern = new RegExp(`^(${numberPattern}) ?(mm|cm|m|inches|inch|in|feet|foot|ft|["”″'′’])?\\.?$`, 'i')

/** "30 x 40 cm", "12 1/2 × 9 in", `12½ x 9"`, "1.2 m × 80 cm × 5 cm". Without a unit it is in `usual`. */
export function parseDimensions(text: string, usual: SizeUnit): Reading<Dimensions> {
  const plain = plainSpaces(text.replaceAll(/[½¼¾⅛⅜⅝⅞⅓⅔]/g, sign => ` ${vulgar[sign]}`).replaceAll('⁄', '/'))
  const parts = plain.split(/ ?(?:[×*]|x(?= ?\d)|\bby\b) ?/i)
  if (parts.length > 3) return unread('A work has height, width and depth, and no fourth side.')
  const sides: { number: number; unit: string | null }[] = []
  for (const part of parts) {
    const match = sidePattern.exec(part)
    const number = match && numberOf(match[1] as string)
    if (!match || number === null) return unread(`“${part || text.trim()}” is no length. ${example}`)
    const unit = match[2]?.toLowerCase()
    sides.push({ number, unit: unit ? (unitNames[unit] ?? unit) : null })
  }
  // "30 x 40 cm": a side without a unit has that of the next one that names it, else of the last.
  const lastUnit = sides.findLast(side => side.unit !== null)?.unit ?? usual
  const unitAt = (place: number) => sides.slice(place).find(side => side.unit !== null)?.unit ?? lastUnit
  const mm = sides.map(({ number }, place) => rounded(number * (mmOf[unitAt(place)] as number)))
  if (mm.some(side => side <= 0)) return unread(`A side cannot be 0. ${example}`)
  if (mm.some(side => side > mostMm)) return unread('No side can be longer than 100 metres.')
  const [heightMm = 0, widthMm = null, depthMm = null] = mm
  return read({ heightMm, widthMm, depthMm, unit: shownIn[lastUnit] as SizeUnit })
}

/** @returns null where it is divided by nothing. */
function numberOf(text: string): number | null {
  const [whole, fraction] = text.includes(' ') ? text.split(' ') : text.includes('/') ? ['0', text] : [text]
  const [above, below] = (fraction ?? '0/1').split('/').map(Number)
  if (!below) return null
  return Number(whole?.replace(',', '.')) + (above as number) / below
}

/** A hundredth of a millimetre is finer than anybody measures. */
const rounded = (mm: number): number => Math.round(mm * 100) / 100

/** "30 × 40 cm", "12 1/2 × 9 in": as `parseDimensions` reads it. */
export function formatDimensions({ heightMm, widthMm, depthMm, unit }: Dimensions): string {
  const sides = [heightMm, widthMm, depthMm].filter(side => side !== null)
  return `${sides.map(side => lengthIn(side, unit)).join(' × ')} ${unit}`
}

function lengthIn(mm: number, unit: SizeUnit): string {
  if (unit !== 'in') return String(rounded(mm / (mmOf[unit] as number)))
  const inches = mm / 25.4
  const sixteenths = Math.round(inches * 16)
  // What was not measured in parts of an inch is not made to look so.
  if (sixteenths === 0 || Math.abs(inches * 16 - sixteenths) > 0.004) return String(Math.round(inches * 1000) / 1000)
  return withFraction(sixteenths)
}

function withFraction(sixteenths: number): string {
  const whole = Math.floor(sixteenths / 16)
  let above = sixteenths % 16
  let below = 16
  while (above > 0 && above % 2 === 0) {
    above /= 2
    below /= 2
  }
  return [whole > 0 && String(whole), above > 0 && `${above}/${below}`].filter(Boolean).join(' ')
}
