/** What became of a text that a person typed: the value, or a sentence that says what to write instead. */
export type Reading<T> = { ok: true; value: T } | { ok: false; error: string }

export const read = <T>(value: T): Reading<T> => ({ ok: true, value })
export const unread = (error: string): Reading<never> => ({ ok: false, error })

/** One kind of space, so that patterns need to know one. */
export const plainSpaces = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
