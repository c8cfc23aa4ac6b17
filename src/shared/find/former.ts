/** Filters of before that the language of the find box says now, in kept views and addresses. */
const termsOfFormer = { isNew: 'is:new', isUnmarked: 'is:to-review' } as const

type Former = { [N in keyof typeof termsOfFormer]?: unknown }

/** The filter as it is said now. The terms stand first: what stands last may be unfinished. */
export function withoutFormer<T extends { text?: unknown }>(stored: T & Former): Omit<T, keyof Former> {
  const { isNew, isUnmarked, ...filter } = stored
  const terms = [isNew === true && termsOfFormer.isNew, isUnmarked === true && termsOfFormer.isUnmarked]
  const text = [...terms, filter.text].filter(Boolean).join(' ')
  return text === '' ? filter : { ...filter, text }
}
