import type { Estimate } from '../lib/contract.ts'
import { formatUsd } from '../lib/contract.ts'
import { formatCount, plural } from '../lib/format.ts'

/** "312 pictures. 40 of them were answered before and cost nothing." */
export function picturesLine({ pictures, reused }: Estimate): string {
  if (pictures === 0) return 'No pictures to describe.'
  if (reused === 0) return `${plural(pictures, 'picture')}.`
  if (reused === pictures) return `${plural(pictures, 'picture')}, all answered before: that costs nothing.`
  return `${plural(pictures, 'picture')}. ${formatCount(reused)} of them ${reused === 1 ? 'was' : 'were'} answered before and cost${reused === 1 ? 's' : ''} nothing.`
}

const unknownPrice = 'unknown'
const priceOf = (usd: number | null): string =>
  usd === null ? unknownPrice : usd === 0 ? 'free' : `about ${formatUsd(usd)}`

export const livePrice = ({ usd }: Estimate): string => priceOf(usd)
export const batchPrice = ({ batchUsd }: Estimate): string => priceOf(batchUsd)

/** Null where nobody can have raised a price since. */
export function pricesLine({ pricesOf }: Estimate): string | null {
  if (pricesOf === null) return null
  const month = new Date(`${pricesOf}-15`).toLocaleDateString('en-US', { month: 'long', year: 'numeric' })
  return `By OpenAI's prices of ${month}.`
}

/** Dollars as somebody types them. Empty is no amount; undefined is none that can be read. */
export function parseUsd(text: string): number | null | undefined {
  const digits = text
    .trim()
    .replace(/^\$\s*/, '')
    .replace(',', '.')
  if (digits === '') return null
  return /^\d{1,7}(\.\d{0,6})?$/.test(digits) ? Number(digits) : undefined
}
