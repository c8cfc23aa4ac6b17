import { GoogleAuthFailed } from './failures.ts'

/** What an error of Google's library says, as far as it may be read: codes only, for everything else may hold a token. */
interface SafePart {
  status: number | null
  /** Of the OAuth protocol, such as `invalid_grant`. */
  protocolCode: string | null
  /** Of the system, such as `ECONNREFUSED`. */
  systemCode: string | null
}

export function failureOf(error: unknown): GoogleAuthFailed {
  if (error instanceof GoogleAuthFailed) return error
  const { status, protocolCode, systemCode } = safePartOf(error)
  if (status === null) return new GoogleAuthFailed('unreachable', systemCode ?? undefined)
  if (status === 408 || status === 429 || status >= 500) return new GoogleAuthFailed('unreachable', `HTTP ${status}`)
  const isClientRefused = /^(invalid|unauthorized|deleted)_client$/.test(protocolCode ?? '')
  return new GoogleAuthFailed(isClientRefused ? 'client-refused' : 'refused', protocolCode ?? `HTTP ${status}`)
}

/** Of a refresh: only a new sign-in helps. `unauthorized_client` says that the token was made for another client. */
export function isGrantEnded(error: unknown): boolean {
  const { protocolCode } = safePartOf(error)
  return protocolCode === 'invalid_grant' || protocolCode === 'unauthorized_client'
}

/** Codes of the protocol are words joined by `_` (RFC 6749 allows more, nobody uses it); anything else is not shown. */
export function safeProtocolCode(code: unknown): string | null {
  return typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? code : null
}

function safePartOf(error: unknown): SafePart {
  const { response, code } = (error ?? {}) as { response?: { status?: number; data?: unknown }; code?: unknown }
  const { error: protocolCode } = (response?.data ?? {}) as { error?: unknown }
  return {
    status: response?.status ?? null,
    protocolCode: safeProtocolCode(protocolCode),
    systemCode: typeof code === 'string' && /^[A-Za-z_]{1,40}$/.test(code) ? code : null,
  }
}
