import { noiseWords, stopWords } from './word-lists.ts'

/** Longest name or sentence that is split, in UTF-16 units. */
const splitMax = 500

/** 550e8400-e29b-41d4-a716-446655440000, and runs of hex digits as long as a short hash. */
const identifier =
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![\p{L}\p{N}])(?=[a-f]*\d)[0-9a-f]{12,}(?![\p{L}\p{N}])/giu

/** E-mail and web addresses: their parts are no words for a picture. */
const address = /\S+@\S+\.\S+|\bhttps?:\/\/\S+|\bwww\.\S+/giu

/** `100CANON`, `101APPLE`: folders that cameras make (JEITA CP-3461, "DCF"). */
const cameraFolder = /^\d{3}[A-Z0-9_]{5}$/

/** Names systems give to a folder nobody has named. */
const unnamedFolder = /^(new folder|untitled folder|neuer ordner|unbenannter ordner|nouveau dossier|nueva carpeta)\b/i

/** Words of a file name without its extension. */
export function wordsOfFileName(filename: string): string[] {
  return wordsOfName(filename.replace(/(?<=.)\.[\p{L}\p{N}]{1,10}$/u, ''))
}

/** Words of a folder name; a year counts as one. */
export function wordsOfFolderName(name: string): string[] {
  if (cameraFolder.test(name) || unnamedFolder.test(name)) return []
  const years = name.match(/(?<!\d)(19|20)\d\d(?!\d)/g) ?? []
  return [...years, ...wordsOfName(name)]
}

function wordsOfName(name: string): string[] {
  return wordsOfText(name.replace(/_/g, ' ')).filter(word => !noiseWords.has(word))
}

/** Words that carry meaning, lower case, each once, in their order. */
export function wordsOfText(text: string): string[] {
  const words = text
    .slice(0, splitMax)
    .normalize('NFC')
    .replace(address, ' ')
    .replace(identifier, ' ')
    .replace(/['’]s\b/gu, '')
    // camelCase and HTMLPage; letters beside digits.
    .replace(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .flatMap(lettersOf)
    .map(word => word.toLowerCase())
  return [...new Set(words)].filter(isWord)
}

/** `beach2` is a word with a number; `x7k2p` is an identifier. */
function lettersOf(token: string): string[] {
  const parts = token.match(/\p{N}+|[^\p{N}]+/gu) ?? []
  return parts.length > 2 ? [] : parts.filter(part => !/^\p{N}/u.test(part))
}

function isWord(word: string): boolean {
  if (stopWords.has(word) || word.length > 60) return false
  if (!/^[\p{Script=Latin}\p{M}]+$/u.test(word)) return /[\p{Script=Han}]/u.test(word) || word.length > 1
  // Three letters, one of them a vowel: what is left of codes and abbreviations seldom has both.
  return word.length > 2 && /[aeiouy]/.test(word.normalize('NFD'))
}
