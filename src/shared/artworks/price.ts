import { z } from 'zod'
import { plainSpaces, type Reading, read, unread } from './reading.ts'

const currencies = new Set(Intl.supportedValuesOf('currency'))
const isCurrency = (code: string): boolean => currencies.has(code)
export const currencySchema = z.string().refine(isCurrency, 'A currency is three letters, such as EUR')

/** An amount of money: whole cents (or what the currency has instead) and the currency's three letters. */
export const priceSchema = z.object({
  minor: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  currency: currencySchema,
})
export type Price = z.infer<typeof priceSchema>

const digitsOf = new Map<string, number>()

/** How many digits the currency has behind the point: EUR 2, JPY 0, KWD 3. */
export function currencyDigits(currency: string): number {
  const known = digitsOf.get(currency)
  if (known !== undefined) return known
  // Asking costs more than all else that is done with a price.
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  digitsOf.set(currency, maximumFractionDigits)
  return maximumFractionDigits
}

const signs: Record<string, string> = {
  '€': 'EUR',
  $: 'USD',
  us$: 'USD',
  a$: 'AUD',
  c$: 'CAD',
  '£': 'GBP',
  '¥': 'JPY',
  '₩': 'KRW',
  '₹': 'INR',
  '₺': 'TRY',
  'fr.': 'CHF',
  sfr: 'CHF',
  'sfr.': 'CHF',
  zł: 'PLN',
  kč: 'CZK',
  ft: 'HUF',
  euro: 'EUR',
  euros: 'EUR',
}
/** Several countries call theirs so. */
const manyMean = new Set(['kr', 'kr.', 'fr'])

const example = 'Write it such as 1,200 EUR or € 1.200.'

/** "€ 1.200", "1,200 EUR", "1'200.50 CHF", "1 200,50 €". Without a currency it is in `usual`. */
export function parsePrice(text: string, usual: string): Reading<Price> {
  const plain = plainSpaces(text).replace(/(\d),?[.]?(?:-|–|—)$/, '$1')
  const match = /^([^\d\s.,'’-]*(?:[.$])?) ?(\d[\d.,'’ ]*?) ?([^\d\s,'’]*)$/u.exec(plain)
  if (!match) return unread(`“${plain}” is no price. ${example}`)
  const [, before = '', number = '', after = ''] = match
  if (before && after) return unread(`“${before}” and “${after}” are two currencies. ${example}`)
  const currency = currencyOf(before || after, usual)
  if (!currency.ok) return currency
  return amountOf(number, currency.value)
}

function currencyOf(name: string, usual: string): Reading<string> {
  if (name === '') return read(usual)
  const sign = signs[name.toLowerCase()]
  if (sign) return read(sign)
  if (isCurrency(name.toUpperCase())) return read(name.toUpperCase())
  if (manyMean.has(name.toLowerCase()))
    return unread(`“${name}” can be several currencies. Write SEK, NOK, DKK or CHF.`)
  return unread(`“${name}” is no currency. Write its three letters, such as EUR.`)
}

function amountOf(number: string, currency: string): Reading<Price> {
  const digits = currencyDigits(currency)
  const point = decimalPoint(number, digits)
  const whole = point < 0 ? number : number.slice(0, point)
  const rest = point < 0 ? '' : number.slice(point + 1)
  if (!/^\d+$|^\d{1,3}([.,'’ ]\d{3})+$/.test(whole)) {
    return unread(`“${number}” is not clear: a thousand has three digits behind its mark. ${example}`)
  }
  // Another mark within would be a third kind of number.
  if (!/^\d*$/.test(rest)) return unread(`“${number}” is no amount. ${example}`)
  if (rest.length > digits) {
    const has = digits === 0 ? 'no digits' : `${digits} digits`
    return unread(`${currency} has ${has} behind the point: “${number}” has ${rest.length}.`)
  }
  const minor = Number(whole.replaceAll(/\D/g, '') + rest.padEnd(digits, '0'))
  if (!Number.isSafeInteger(minor)) return unread('This amount is too large.')
  return read({ minor, currency })
}

/** Where the cents begin; -1: there are none. One mark with three digits behind it divides thousands, as people write. */
function decimalPoint(number: string, digits: number): number {
  const marks = [...number.matchAll(/[.,]/g)]
  const last = marks.at(-1)
  if (!last) return -1
  const behind = number.length - last.index - 1
  const isRepeated = marks.length > 1 && marks.every(mark => mark[0] === last[0])
  if (isRepeated) return -1
  const isAlone = marks.length === 1 && !/['’ ]/.test(number)
  return isAlone && behind === 3 && digits !== 3 ? -1 : last.index
}

/** "1,200 EUR", "1,200.50 EUR": as `parsePrice` reads it again, whatever the currency's sign. */
export function formatPrice({ minor, currency }: Price): string {
  const digits = currencyDigits(currency)
  const unit = 10 ** digits
  const isWhole = minor % unit === 0
  // Digits by hand: a double has not enough of them for the largest amounts.
  const whole = Math.floor(minor / unit).toLocaleString('en-US')
  const rest = isWhole ? '' : `.${String(minor % unit).padStart(digits, '0')}`
  return `${whole}${rest} ${currency}`
}
