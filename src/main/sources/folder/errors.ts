export function errorCode(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}

/** The entry itself went, or something else stands in its place. */
export function isGone(cause: unknown): boolean {
  const code = errorCode(cause)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** The fault is this machine's and passes: nothing is said about the file or folder. */
export function isShortage(cause: unknown): boolean {
  return ['EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS'].includes(errorCode(cause) ?? '')
}
