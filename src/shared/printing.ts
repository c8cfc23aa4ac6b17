/** What can be chosen of what is printed. */
import { z } from 'zod'

export const pageSizeNames = ['a4', 'letter'] as const
export const pageSizeSchema = z.enum(pageSizeNames)
export type PageSize = z.infer<typeof pageSizeSchema>

/** Works on a page: one large, two with their texts beside them, or a list with small pictures. */
export const catalogueLayouts = ['one', 'two', 'list'] as const
export const catalogueLayoutSchema = z.enum(catalogueLayouts)
export type CatalogueLayout = z.infer<typeof catalogueLayoutSchema>

/** Width × height in millimetres, as they are on the wall. */
export const labelSizeNames = ['70x40', '90x50', '120x80'] as const
export const labelSizeSchema = z.enum(labelSizeNames)
export type LabelSize = z.infer<typeof labelSizeSchema>

/** Empty: none is named. */
export const artistNameSchema = z.string().trim().max(200)
