import { colourNames } from '../colours.ts'

/** How the values of a key are read. */
type Takes = 'name' | 'choice' | 'colour' | 'rating' | 'date' | 'size'

interface KeyFacts {
  takes: Takes
  /** All there are, where they are known beforehand. */
  choices?: readonly string[]
  /** What is found by it, for a person. */
  help: string
  example: string
}

/** In the order in which they are offered. What each finds is told by docs/finding.md. */
export const findKeys = {
  tag: { takes: 'name', help: 'A tag', example: 'tag:"evening light"' },
  color: { takes: 'colour', choices: colourNames, help: 'A colour, or one near a swatch', example: 'color:blue' },
  style: { takes: 'name', help: 'How it is made to look', example: 'style:sketch' },
  mood: { takes: 'name', help: 'What it feels like', example: 'mood:calm' },
  subject: { takes: 'name', help: 'What is in it', example: 'subject:boat' },
  medium: { takes: 'name', help: 'What it is made with', example: 'medium:ink' },
  series: { takes: 'name', help: 'The series it belongs to', example: 'series:harbours' },
  artwork: { takes: 'name', help: 'The work it shows, by title or number', example: 'artwork:"night ferry"' },
  rating: { takes: 'rating', help: 'Stars', example: 'rating:>=3' },
  label: {
    takes: 'choice',
    choices: ['red', 'yellow', 'green', 'blue', 'purple'],
    help: 'A colour label',
    example: 'label:red',
  },
  date: { takes: 'date', help: 'When it was taken', example: 'date:2021-03..2022' },
  size: { takes: 'size', help: 'How large the file is', example: 'size:>10mb' },
  type: {
    takes: 'choice',
    choices: [
      'image',
      'video',
      'jpeg',
      'png',
      'webp',
      'avif',
      'gif',
      'tiff',
      'svg',
      'heic',
      'psd',
      'mp4',
      'mov',
      'webm',
      'mkv',
      'avi',
    ],
    help: 'The kind of file',
    example: 'type:png',
  },
  status: {
    takes: 'choice',
    choices: ['done', 'failed', 'waiting', 'working'],
    help: 'How far Burg Ink is with it',
    example: 'status:failed',
  },
  source: { takes: 'name', help: 'Where it comes from', example: 'source:drive' },
  is: {
    takes: 'choice',
    choices: ['picked', 'rejected', 'unflagged', 'to-review', 'new', 'artwork', 'missing', 'failed'],
    help: 'What it is to you',
    example: 'is:picked',
  },
  has: {
    takes: 'choice',
    choices: ['title', 'description', 'tags', 'rating', 'label', 'flag', 'artwork'],
    help: 'What is known of it',
    example: 'has:description',
  },
} as const satisfies Record<string, KeyFacts>

export type FindKey = keyof typeof findKeys
export const findKeyNames = Object.keys(findKeys) as FindKey[]

const otherNames: Record<string, FindKey> = { colour: 'color' }

export function keyNamed(name: string): FindKey | null {
  const lower = name.toLowerCase()
  return (
    findKeyNames.find(key => key === lower) ?? (Object.hasOwn(otherNames, lower) ? (otherNames[lower] ?? null) : null)
  )
}

export const factsOf = (key: FindKey): KeyFacts => findKeys[key]

const otherChoices: Partial<Record<FindKey, Record<string, string>>> = {
  color: { gray: 'grey' },
  type: { jpg: 'jpeg', tif: 'tiff', heif: 'heic', quicktime: 'mov', picture: 'image', photo: 'image' },
  status: { completed: 'done', pending: 'waiting', processing: 'working' },
}

/** The choice that a person means; null where there is none of that name. */
export function choiceNamed(key: FindKey, name: string): string | null {
  const lower = name.toLowerCase()
  const others = otherChoices[key]
  const meant = others && Object.hasOwn(others, lower) ? others[lower] : lower
  return factsOf(key).choices?.find(choice => choice === meant) ?? null
}
