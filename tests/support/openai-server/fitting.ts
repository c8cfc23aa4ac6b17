import sharp from 'sharp'
import { badRequest } from './api-error.ts'
import { type AskedPicture, type JsonSchema, sha256Of } from './asked.ts'

/** What the model sees in a picture: the same of the same bytes. */
export interface Seen {
  width: number
  height: number
  /** `#rrggbb`, of the whole picture. */
  averageColour: string
  /** Words that differ from picture to picture. */
  words: string[]
}

const subjects = 'river garden harbour portrait orchard stairs window bridge meadow kitchen forest market'.split(' ')
const manners = 'quiet bright broken soft distant heavy early woven sunlit narrow open painted'.split(' ')

/** @throws {ApiError} as OpenAI does when the bytes are no picture. */
export async function look({ bytes, sha256 }: AskedPicture, param: string): Promise<Seen> {
  try {
    const picture = sharp(bytes, { failOn: 'error' })
    const { format, width, height } = await picture.metadata()
    if (!['jpeg', 'png', 'gif', 'webp'].includes(format)) throw new Error(`It is ${format}.`)
    const [red = 0, green = 0, blue = 0] = await picture
      .resize(1, 1)
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer()
    const averageColour = `#${Buffer.from([red, green, blue]).toString('hex')}`
    return { width, height, averageColour, words: wordsOf(sha256, averageColour) }
  } catch {
    throw unsupportedPicture(param)
  }
}

export const unsupportedPicture = (param: string | null) =>
  badRequest(
    "You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg', 'gif', 'webp'].",
    param,
    'image_parse_error',
  )

function wordsOf(sha256: string, averageColour: string): string[] {
  const at = (index: number) => Number.parseInt(sha256.slice(index * 2, index * 2 + 2), 16)
  const pick = (from: string[], index: number) => from[at(index) % from.length] ?? ''
  const [red, green, blue] = [1, 3, 5].map(from => Number.parseInt(averageColour.slice(from, from + 2), 16))
  const light = Math.max(red ?? 0, green ?? 0, blue ?? 0) > 127 ? 'light' : 'dark'
  const words = [light, pick(manners, 0), pick(subjects, 1), pick(manners, 2), pick(subjects, 3), sha256.slice(0, 6)]
  return [...new Set(words)]
}

/** A value that the schema takes, its words from what was seen. @throws {Error} where there is none to be found. */
export function valueFitting(schema: JsonSchema, seen: Seen): unknown {
  const definitions = { ...(schema.$defs as object), ...(schema.definitions as object) } as Record<string, JsonSchema>

  function valueFor(part: JsonSchema, name: string, turn: number): unknown {
    if (typeof part.$ref === 'string') return valueFor(definitions[lastOf(part.$ref)] ?? schema, name, turn)
    if ('const' in part) return part.const
    if (Array.isArray(part.enum)) return part.enum[(seedOf(seen, name) + turn) % part.enum.length]
    const options = part.anyOf as JsonSchema[] | undefined
    if (options) return valueFor(options.find(option => option.type !== 'null') ?? {}, name, turn)
    const type = Array.isArray(part.type) ? part.type.find(one => one !== 'null') : part.type
    switch (type) {
      case 'object':
        return Object.fromEntries(
          Object.entries((part.properties ?? {}) as Record<string, JsonSchema>).map(([key, property]) => [
            key,
            valueFor(property, key, turn),
          ]),
        )
      case 'array':
        return list(part, name)
      case 'string':
        return textFor(part, name, seen, turn)
      case 'integer':
      case 'number':
        return numberFor(part, seedOf(seen, name) + turn, type === 'integer')
      case 'boolean':
        return seedOf(seen, name) % 2 === 0
      default:
        return null
    }
  }

  function list(part: JsonSchema, name: string): unknown[] {
    const least = Number(part.minItems ?? 0)
    const count = Math.min(Math.max(least, 3), Number(part.maxItems ?? Number.POSITIVE_INFINITY))
    const values = Array.from({ length: count }, (_, turn) => valueFor((part.items ?? {}) as JsonSchema, name, turn))
    const different = [...new Map(values.map(value => [JSON.stringify(value), value])).values()]
    return different.length < least ? values : different
  }

  return valueFor(schema, '', 0)
}

function textFor(part: JsonSchema, name: string, seen: Seen, turn: number): string {
  const { words, averageColour } = seen
  const sentence = `A ${words.slice(0, 3).join(' ')} (${name}).`
  const single = words[turn % words.length] ?? ''
  const candidates = /tag|keyword|word/i.test(name) ? [single, sentence] : [sentence, single]
  const pattern = new RegExp(typeof part.pattern === 'string' ? part.pattern : '', 'u')
  const fitting = [...candidates, averageColour, averageColour.slice(1), '2024-05-17', '2024-05-17T10:00:00Z', '']
    .map(text => text.slice(0, Number(part.maxLength ?? 10_000)).padEnd(Number(part.minLength ?? 0), '.'))
    .find(text => pattern.test(text) && hasFormat(text, part.format))
  if (fitting === undefined) throw new Error(`No text for ${name} fits ${pattern} and ${part.format}.`)
  return fitting
}

function hasFormat(text: string, format: unknown): boolean {
  if (format === 'date') return /^\d{4}-\d\d-\d\d$/.test(text)
  return format === 'date-time' ? text.endsWith('Z') : true
}

function numberFor(part: JsonSchema, seed: number, isInteger: boolean): number {
  const least = Number(part.minimum ?? Number(part.exclusiveMinimum ?? -1) + 1)
  const most = Number(part.maximum ?? least + 1)
  const value = least + ((most - least) * (seed % 101)) / 100
  return isInteger ? Math.round(value) : Number(value.toFixed(3))
}

const seedOf = ({ words }: Seen, name: string) => Number.parseInt(sha256Of(words.join(' ') + name).slice(0, 6), 16)
const lastOf = (reference: string) => reference.split('/').at(-1) ?? ''
