/** Said in the settings, not in anybody's way: the program works without a newer version. */
const sentences: Record<string, string> = {
  ERR_CHECKSUM_MISMATCH: 'The newer version arrived damaged or changed, and was thrown away.',
  ERR_UPDATER_INVALID_SIGNATURE: 'The newer version is not signed by whoever signed this one, and was thrown away.',
  ERR_UPDATER_CHANNEL_FILE_NOT_FOUND:
    'There are no versions of this kind at the place where newer ones are looked for.',
  ERR_UPDATER_INVALID_UPDATE_INFO: 'What is said about newer versions cannot be read.',
  ERR_UPDATER_INVALID_VERSION: 'What is said about newer versions cannot be read.',
  ERR_UPDATER_NO_CHECKSUM: 'A newer version is offered without its checksum, and was not taken.',
  ENOSPC: 'There is no room on the disk for the newer version.',
  EACCES: 'The newer version could not be written to the disk.',
}

const networkCodes = /^(ECONN|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|HTTP_ERROR_)|^net::ERR_/

/** @param error of electron-updater: a code of its own, of Node, or one of Chromium in the message. */
export function sentenceOfFailure(error: unknown): string {
  const { code, message = '' } = (error ?? {}) as { code?: string; message?: string }
  const known = code === undefined ? undefined : sentences[code]
  if (known) return `${known} It is tried again later.`
  if (networkCodes.test(code ?? message))
    return 'The place of newer versions could not be reached. It is tried again later.'
  return 'Looking for a newer version went wrong. It is tried again later.'
}
