/** Where a page of a list ended: the sort key and id of its last row. Opaque to everyone else. */
export type Cursor = readonly [key: string | number | null, id: number]

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** @returns null for anything that was not made by `encodeCursor`. */
export function decodeCursor(text: string): Cursor | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Array.isArray(value) || value.length !== 2 || !Number.isInteger(value[1])) return null
    const isKey = value[0] === null || typeof value[0] === 'string' || typeof value[0] === 'number'
    return isKey ? (value as unknown as Cursor) : null
  } catch {
    return null
  }
}
