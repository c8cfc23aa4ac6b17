/** Those that pages of the program meet, with Chromium's numbers. */
const numbers: Record<string, number> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_TIMED_OUT: -7,
  ERR_FILE_NOT_FOUND: -6,
  ERR_ACCESS_DENIED: -10,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_CONNECTION_RESET: -101,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_ADDRESS_UNREACHABLE: -109,
  ERR_CERT_AUTHORITY_INVALID: -202,
  ERR_INVALID_URL: -300,
  ERR_UNKNOWN_URL_SCHEME: -302,
  ERR_UNSAFE_PORT: -312,
}

export interface NetError {
  name: string
  number: number
}

export function netError(errorText: string): NetError {
  const name = errorText.replace('net::', '')
  return { name, number: numbers[name] ?? -2 }
}

/** As `loadURL` rejects. */
export function loadError({ name, number }: NetError, url: string): Error {
  return Object.assign(new Error(`${name} (${number}) loading '${url.slice(0, 2048)}'`), {
    code: name,
    errno: number,
    url,
  })
}
