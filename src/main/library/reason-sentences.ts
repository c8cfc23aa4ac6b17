/** Sentences of reasons that name another file, `%` for its path: here and not in `reasons`, because SQL fills them in too. */
export const samePicture = 'The same picture as %.'
export const movedFrom = 'Already in the library; it was % before.'

export function withPath(sentence: string, path: string): string {
  return sentence.replace('%', () => path)
}
