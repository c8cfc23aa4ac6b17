const sentences = {
  'no-client': 'Burg Ink has no Google client yet. Enter a client id and secret in the settings, then connect again.',
  'client-refused': 'Google does not accept the client id or secret. Compare them with the Google Cloud console.',
  'no-browser': 'The browser could not be opened.',
  denied: 'Access was denied at Google. Connect again when you want Burg Ink to read your Drive.',
  'drive-not-granted': 'Google gave no access to Drive. Connect again, and tick the box for Google Drive on the way.',
  'timed-out': 'Nobody answered at Google in time. Connect again.',
  cancelled: 'The sign-in was cancelled.',
  unreachable: 'Google could not be reached. Check the connection, then try again.',
  refused: 'Google refused the sign-in. Connect again.',
} as const

export type GoogleFailure = keyof typeof sentences

/**
 * Google did not do what was asked; `message` is for a person. Only `unreachable` passes by itself. It has no `cause`: the
 * errors of Google's library carry requests and answers, with tokens in them.
 */
export class GoogleAuthFailed extends Error {
  readonly code: GoogleFailure
  /** @param detail a code of the protocol or the system, never an answer's text. */
  constructor(code: GoogleFailure, detail?: string) {
    super(detail ? `${sentences[code]} (${detail})` : sentences[code])
    this.name = 'GoogleAuthFailed'
    this.code = code
  }
}

/** The account has to be connected again by a person. Asking again changes nothing. */
export class AccountDisconnected extends Error {
  readonly accountId: number
  constructor(accountId: number, message: string) {
    super(message)
    this.name = 'AccountDisconnected'
    this.accountId = accountId
  }
}
