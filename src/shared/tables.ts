/** Tables that come from other programs: what their columns can say, and what becomes of each row. */
import { z } from 'zod'
import { type OwnWordField, ownWordFields } from './analysis.ts'
import type { ArtworkFields } from './artworks.ts'
import type { MarkChange } from './marks.ts'

/** What the rows of a table are of. */
const tableSubjects = ['works', 'pictures'] as const
export const tableSubjectSchema = z.enum(tableSubjects)
export type TableSubject = z.infer<typeof tableSubjectSchema>

export const tableEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh'] as const
export const tableEncodingSchema = z.enum(tableEncodings)
export type TableEncoding = z.infer<typeof tableEncodingSchema>

export const tableDelimiters = [',', ';', '\t'] as const
export const tableDelimiterSchema = z.enum(tableDelimiters)
export type TableDelimiter = z.infer<typeof tableDelimiterSchema>

export const workTargets = [
  'inventoryNumber',
  'title',
  'year',
  'medium',
  'support',
  'dimensions',
  'height',
  'width',
  'depth',
  'unit',
  'edition',
  'series',
  'status',
  'price',
  'currency',
  'location',
  'provenance',
  'statement',
  'pictures',
] as const
export type WorkTarget = (typeof workTargets)[number]

/** By what a row says which picture it is of. */
export const pictureKeys = ['sha256', 'id', 'path', 'folder', 'file'] as const
export const pictureTargets = [...pictureKeys, ...ownWordFields, 'tags', 'ownTags', 'rating', 'flag', 'label'] as const
export type PictureTarget = (typeof pictureTargets)[number]

/** What a column can be read as. */
export const columnTargetSchema = z.enum([...new Set<WorkTarget | PictureTarget>([...workTargets, ...pictureTargets])])
export type ColumnTarget = z.infer<typeof columnTargetSchema>

export const targetsOf = (subject: TableSubject): readonly ColumnTarget[] =>
  subject === 'works' ? workTargets : pictureTargets

const targetNames: Partial<Record<ColumnTarget, string>> = {
  sha256: 'SHA-256',
  id: 'Number of the picture',
  file: 'File name',
  folder: 'Folder',
  ownTags: 'Your own tags',
  rating: 'Stars',
}

/** "Inventory number": for a person. */
export const targetName = (target: ColumnTarget): string =>
  targetNames[target] ??
  target.charAt(0).toUpperCase() + target.slice(1).replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

/** Of each column; null: it is not read. */
export const tableTargetsSchema = z.array(columnTargetSchema.nullable()).max(500)
export type TableTargets = z.infer<typeof tableTargetsSchema>

/** What becomes of a row. */
export const rowKinds = ['new', 'changed', 'unchanged', 'refused', 'ambiguous'] as const
export const rowKindSchema = z.enum(rowKinds)
export type RowKind = z.infer<typeof rowKindSchema>

export const rowCountsSchema = z.record(rowKindSchema, z.number())
export type RowCounts = z.infer<typeof rowCountsSchema>

export const previewRowSchema = z.object({
  /** Where it begins in the file. */
  line: z.number(),
  kind: rowKindSchema,
  /** Which work or picture it is. */
  label: z.string(),
  /** Texts are cut. Null: there is, or was, nothing. */
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  /** Why it is refused, or what is not taken over. */
  notes: z.array(z.string()),
})
export type PreviewRow = z.infer<typeof previewRowSchema>

/** A row of works as it was read. What is not there stays as it is; null is taken away. */
export interface WorkRow {
  line: number
  number: string | null
  fields: Partial<Omit<ArtworkFields, 'inventoryNumber'>>
  /** Names, paths or hashes of files. */
  pictures: readonly string[]
}

/** The same of pictures. */
export interface PictureRow {
  line: number
  keys: { [N in (typeof pictureKeys)[number]]: string | null }
  words: Partial<Record<OwnWordField, string | null>>
  /** All there are to be; left out: they stay. */
  tags?: readonly string[]
  ownTags?: readonly string[]
  marks: MarkChange
}

/** A row that cannot be read, with a sentence for each fault. */
export interface UnreadRow {
  line: number
  label: string
  faults: readonly string[]
}

/** What a spreadsheet would take for a formula, as the tables that we write escape it. */
const escapedFormula = /^'(?=[=+\-@\t\r\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}])/u

/** The text that is meant by a cell: without that apostrophe, with one kind of line break, and nothing around it. */
export const meantText = (cell: string): string =>
  cell.replaceAll(/\r\n?/g, '\n').trim().replace(escapedFormula, '').trim()
