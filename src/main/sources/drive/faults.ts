import { SourceUnavailable } from '../port.ts'

/** What an answer of Drive that is none means. */
export type FaultKind =
  | 'rate-limit'
  | 'server'
  | 'network'
  | 'incomplete'
  | 'unauthorized'
  | 'download-quota'
  | 'not-found'
  | 'page-token'
  | 'range'
  | 'no-download'
  | 'flagged'
  | 'not-enabled'
  | 'refused'

/**
 * An error of the API without its `cause`: the client's errors hold the whole request, and with it the access token.
 * `message` is Google's own, or the system's code.
 */
export class DriveFault extends Error {
  readonly kind: FaultKind
  /** What the answer asks to wait. */
  readonly retryAfterMs: number | null
  constructor(kind: FaultKind, message: string, retryAfterMs: number | null = null) {
    super(message)
    this.name = 'DriveFault'
    this.kind = kind
    this.retryAfterMs = retryAfterMs
  }
}

/** The headers are those of node-fetch, which are no `Headers` of this process. */
interface Answer {
  status?: number
  headers?: { get(name: string): string | null }
  data?: unknown
}

interface ApiError {
  message?: string
  errors?: { reason?: string; location?: string }[]
}

/** https://developers.google.com/workspace/drive/api/guides/handle-errors */
const kindsOfReasons: Record<string, FaultKind> = {
  rateLimitExceeded: 'rate-limit',
  userRateLimitExceeded: 'rate-limit',
  sharingRateLimitExceeded: 'rate-limit',
  downloadQuotaExceeded: 'download-quota',
  cannotDownloadFile: 'no-download',
  cannotDownloadAbusiveFile: 'flagged',
  fileNotDownloadable: 'no-download',
  accessNotConfigured: 'not-enabled',
}

/** Of whatever the client threw. */
export function faultOf(cause: unknown): DriveFault {
  if (cause instanceof DriveFault) return cause
  const { response, message: text } = cause as { response?: Answer; message?: string }
  if (response?.status === undefined) return new DriveFault('network', codeOf(cause))
  // Where a stream was asked for, the client leaves the answer's body in the message and nowhere else.
  const error = apiErrorOf(response.data ?? text)
  const message = error.message ?? `HTTP ${response.status}`
  return new DriveFault(kindOf(response.status, error), message, retryAfterOf(response.headers))
}

function kindOf(status: number, error: ApiError): FaultKind {
  const { reason, location } = error.errors?.[0] ?? {}
  const known = reason === undefined ? undefined : kindsOfReasons[reason]
  if (status === 403 && known) return known
  if (status === 401) return 'unauthorized'
  if (status === 429) return 'rate-limit'
  if (status === 404) return 'not-found'
  if (status === 416) return 'range'
  // Start tokens of changes that are too old are answered with either.
  if (status === 410 || (status === 400 && location === 'pageToken')) return 'page-token'
  return status >= 500 || status === 408 ? 'server' : 'refused'
}

function apiErrorOf(data: unknown): ApiError {
  try {
    const body = typeof data === 'string' ? JSON.parse(data) : data
    return body?.error && typeof body.error === 'object' ? body.error : {}
  } catch {
    // A proxy's or load balancer's page.
    return {}
  }
}

/** Seconds, or a date. */
function retryAfterOf(headers: Answer['headers']): number | null {
  const value = headers?.get('retry-after')
  if (!value) return null
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(waitMs) && waitMs > 0 ? waitMs : null
}

function codeOf(cause: unknown): string {
  const code = (cause as { code?: unknown }).code ?? (cause as { cause?: { code?: unknown } }).cause?.code
  return typeof code === 'string' ? code : 'no answer'
}

const halts: Partial<Record<FaultKind, string>> = {
  'rate-limit': 'Google Drive asks to slow down, again and again. Sync again in a while; nothing is lost.',
  server: 'Google Drive does not work at the moment. Sync again in a while; nothing is lost.',
  network: 'Google Drive cannot be reached. Check the connection, then go on; nothing is lost.',
  incomplete: 'Google Drive could not search all of the folder. Sync again in a while; nothing is lost.',
  unauthorized: 'Google Drive does not accept the access of this account. Reconnect the account, then go on.',
  'download-quota': 'Google Drive allows no more downloads for now. Go on tomorrow; nothing is lost.',
  'not-enabled':
    'The Google Drive API is not enabled for your Google client. Enable it in the Google Cloud console, then go on.',
}

/** What nobody can do anything about but a person, as a sentence for them; what a caller may know better, as it is. */
export function haltOrFault(fault: DriveFault): SourceUnavailable | DriveFault {
  const sentence = halts[fault.kind]
  if (sentence !== undefined) return new SourceUnavailable(sentence, { cause: fault })
  if (fault.kind === 'refused') {
    return new SourceUnavailable(`Google Drive refuses: ${fault.message.replace(/\.?$/, '.')}`, { cause: fault })
  }
  return fault
}

export function isFault(cause: unknown, kind: FaultKind): boolean {
  return cause instanceof DriveFault && cause.kind === kind
}
