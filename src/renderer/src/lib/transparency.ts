/**
 * Whether one can see through parts of a picture, by its ThumbHash (base64): the top bit of its first three bytes.
 * Such a picture lies on paper, or ink on a transparent ground would not be seen on a dark window.
 */
export function isTransparent(placeholder: string | null): boolean {
  if (!placeholder) return false
  try {
    return (atob(placeholder.slice(0, 4)).charCodeAt(2) & 0x80) !== 0
  } catch {
    return false
  }
}
