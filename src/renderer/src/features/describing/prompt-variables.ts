/** What a prompt can hold in `{{…}}`: of the settings, which become part of the instructions, and of the file, which travels as quoted data. */
export const promptVariables = [
  { name: 'language', meaning: 'the language of the answers' },
  { name: 'media', meaning: 'your media' },
  { name: 'series', meaning: 'your series' },
  { name: 'subjects', meaning: 'your subjects' },
  { name: 'filename', meaning: 'the name of the file' },
  { name: 'folders', meaning: 'the names of its folders' },
  { name: 'title', meaning: 'the title written in the file' },
  { name: 'caption', meaning: 'the caption written in the file' },
  { name: 'keywords', meaning: 'the keywords written in the file' },
  { name: 'taken', meaning: 'when it was taken' },
  { name: 'size', meaning: 'width and height' },
] as const

const variable = /\{\{\s*([^{}]*?)\s*\}\}/g

/** What is wrong with the variables of a prompt, as a sentence; null where nothing is. */
export function variableTrouble(text: string): string | null {
  const known: readonly string[] = promptVariables.map(({ name }) => name)
  const unknown = [...text.matchAll(variable)].map(([, name = '']) => name).find(name => !known.includes(name))
  if (unknown === undefined) return null
  return `There is no {{${unknown.slice(0, 40)}}}. Take one of the variables below.`
}

/** The text with a variable where the cursor is, and where the cursor is after it. */
export function withVariable(text: string, name: string, start: number, end: number): { text: string; cursor: number } {
  const inserted = `{{${name}}}`
  return { text: text.slice(0, start) + inserted + text.slice(end), cursor: start + inserted.length }
}
