import { ApiError, invalidPageToken } from './api-error.ts'

export type RequestKind =
  | 'files.list'
  | 'files.get'
  | 'files.media'
  | 'changes.list'
  | 'changes.getStartPageToken'
  | 'drives.list'
  | 'drives.get'
  | 'about.get'

/** What goes wrong with one request. Those of bodies are for `files.media`. */
export type Fault =
  | { kind: 'error'; error: ApiError }
  /** The connection ends before a word of an answer. */
  | { kind: 'drop' }
  /** The connection breaks in the middle of the body. */
  | { kind: 'drop-after'; bytes: number }
  /** The body ends early as if that were all. */
  | { kind: 'truncate'; bytes: number }
  /** One bit is another. */
  | { kind: 'alter'; atByte: number }
  /** More comes than the file has. */
  | { kind: 'append'; bytes: number }
  /** The whole file though a part was asked for. */
  | { kind: 'ignore-range' }
  | { kind: 'incomplete-search' }

const error = (...args: ConstructorParameters<typeof ApiError>): Fault => ({
  kind: 'error',
  error: new ApiError(...args),
})

/** As Google words them. */
export const faults = {
  tooManyRequests: (retryAfterSeconds?: number) =>
    error(429, 'rateLimitExceeded', 'Too many concurrent requests.', undefined, retryAfterSeconds),
  rateLimitExceeded: () => error(403, 'rateLimitExceeded', 'Rate Limit Exceeded'),
  userRateLimitExceeded: () => error(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded'),
  downloadQuotaExceeded: () =>
    error(403, 'downloadQuotaExceeded', 'The download quota for this file has been exceeded.'),
  abusive: () =>
    error(
      403,
      'cannotDownloadAbusiveFile',
      'This file has been identified as malware or spam and cannot be downloaded.',
    ),
  notEnabled: () => error(403, 'accessNotConfigured', 'Google Drive API has not been used in project 1 before.'),
  internalError: () => error(500, 'internalError', 'Internal Error'),
  backendError: () => error(503, 'backendError', 'Backend Error'),
  expiredPageToken: (): Fault => ({ kind: 'error', error: invalidPageToken() }),
  drop: (): Fault => ({ kind: 'drop' }),
  dropAfter: (bytes: number): Fault => ({ kind: 'drop-after', bytes }),
  truncate: (bytes: number): Fault => ({ kind: 'truncate', bytes }),
  alter: (atByte: number): Fault => ({ kind: 'alter', atByte }),
  append: (bytes: number): Fault => ({ kind: 'append', bytes }),
  ignoreRange: (): Fault => ({ kind: 'ignore-range' }),
  incompleteSearch: (): Fault => ({ kind: 'incomplete-search' }),
} as const

/** Which of the next requests of a kind go wrong. */
export interface Plan {
  /** So many of them; 1 when left out. */
  times?: number
  /** After so many that go well. */
  skip?: number
  /** Only requests for this file. */
  fileId?: string
}

/** What is to go wrong, by kind of request, in the order it was asked for. */
export class PlannedFaults {
  readonly #planned = new Map<string, (Fault | null)[]>()

  plan(kind: RequestKind, fault: Fault, { times = 1, skip = 0, fileId = '' }: Plan = {}): void {
    const key = `${kind} ${fileId}`
    const planned = this.#planned.get(key) ?? []
    planned.push(...Array(skip).fill(null), ...Array(times).fill(fault))
    this.#planned.set(key, planned)
  }

  take(kind: RequestKind, fileId: string): Fault | null {
    return this.#planned.get(`${kind} ${fileId}`)?.shift() ?? this.#planned.get(`${kind} `)?.shift() ?? null
  }

  /** Nothing more goes wrong. */
  clear(): void {
    this.#planned.clear()
  }
}
