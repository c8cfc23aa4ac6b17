import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Style } from './lines.ts'

/**
 * EB Garamond: Latin with all its accents, Vietnamese, Greek with its old ones, Cyrillic. Its licence, the SIL Open Font License,
 * lets anybody embed it. A document carries only the letters that are in it.
 */
const files: Record<Style, string> = {
  regular: '400Regular/EBGaramond_400Regular.ttf',
  italic: '400Regular_Italic/EBGaramond_400Regular_Italic.ttf',
}

const fromHere = createRequire(import.meta.url)

export const readFont = (style: Style): Promise<Buffer> =>
  readFile(fromHere.resolve(`@expo-google-fonts/eb-garamond/${files[style]}`))
