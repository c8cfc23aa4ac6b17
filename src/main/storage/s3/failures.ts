import { StoreFailed, type StoreFailure } from '../port.ts'

/** What the same failure is read by. */
export interface Circumstances {
  host: string
  /** A name that nobody knows is a wrong address at first, and a lost network once the server has answered. */
  hasAnswered: boolean
}

/** What a failed request means; a `StoreFailed` stays what it is. */
export function storeFailure(cause: unknown, circumstances: Circumstances): StoreFailed {
  if (cause instanceof StoreFailed) return cause
  const facts = factsOf(cause)
  const code = codeOf(facts, circumstances)
  return new StoreFailed(code, sentenceOf(code, facts, circumstances), { cause: withoutRequest(cause) })
}

interface Facts {
  /** Of S3, or the class of the error. */
  name: string
  /** Of the system or of TLS. */
  errno: string
  status: number | undefined
  headers: Record<string, string>
  /** That an error of S3 tells. */
  region: string | undefined
}

function factsOf(cause: unknown): Facts {
  const error = (cause ?? {}) as Partial<
    Error & {
      code: unknown
      Region: unknown
      $metadata: { httpStatusCode?: number }
      $response: { statusCode?: number; headers?: Record<string, string> }
    }
  >
  const headers = error.$response?.headers ?? {}
  return {
    name: error.name ?? '',
    errno: typeof error.code === 'string' ? error.code : '',
    status: error.$metadata?.httpStatusCode ?? error.$response?.statusCode,
    headers,
    region: typeof error.Region === 'string' ? error.Region : headers['x-amz-bucket-region'],
  }
}

/** As S3, MinIO, Ceph (Spaces) and R2 name them. */
const codesByName: Record<string, StoreFailure> = {
  AccessControlListNotSupported: 'denied',
  AccessDenied: 'denied',
  AccountProblem: 'denied',
  AllAccessDisabled: 'denied',
  AuthorizationHeaderMalformed: 'wrong-region',
  BadDigest: 'hash-mismatch',
  IllegalLocationConstraintException: 'wrong-region',
  InsufficientStorage: 'full',
  InvalidAccessKeyId: 'bad-key-id',
  InvalidBucketName: 'no-bucket',
  InvalidDigest: 'hash-mismatch',
  InvalidRange: 'other',
  NoSuchBucket: 'no-bucket',
  NoSuchKey: 'not-found',
  PermanentRedirect: 'wrong-region',
  QuotaExceeded: 'full',
  RequestTimeTooSkewed: 'clock',
  RequestTimeout: 'unreachable',
  ServiceUnavailable: 'slow-down',
  SignatureDoesNotMatch: 'bad-secret',
  SlowDown: 'slow-down',
  SlowDownRead: 'slow-down',
  SlowDownWrite: 'slow-down',
  TemporaryRedirect: 'wrong-region',
  TimeoutError: 'unreachable',
  TooManyRequests: 'slow-down',
  XAmzContentSHA256Mismatch: 'hash-mismatch',
  XMinioStorageFull: 'full',
}

function codeOf(facts: Facts, { hasAnswered }: Circumstances): StoreFailure {
  const named = codesByName[facts.name]
  if (named) return named
  if (/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|HOSTNAME_MISMATCH)/.test(facts.errno)) return 'tls'
  // The other side does not speak TLS, or not HTTP.
  if (/^(EPROTO$|ERR_SSL_|HPE_)/.test(facts.errno)) return 'bad-endpoint'
  if (facts.errno === 'ENOTFOUND') return hasAnswered ? 'unreachable' : 'bad-endpoint'
  if (facts.status !== undefined) return codeOfStatus(facts.status, facts)
  return facts.errno ? 'unreachable' : 'other'
}

function codeOfStatus(status: number, { headers, region }: Facts): StoreFailure {
  if (status === 507) return 'full'
  if (status === 429 || status === 503) return 'slow-down'
  if (status >= 500) return 'unreachable'
  if (region !== undefined && (status === 301 || status === 307 || status === 400)) return 'wrong-region'
  // Neither a page nor a redirect without a region comes from S3.
  if (status < 400 || headers['content-type']?.startsWith('text/html')) return 'bad-endpoint'
  if (status === 401 || status === 403) return 'denied'
  return status === 404 ? 'not-found' : 'other'
}

function sentenceOf(code: StoreFailure, facts: Facts, { host }: Circumstances): string {
  switch (code) {
    case 'bad-key-id':
      return `${host} does not know this access key. Copy its id from the store again.`
    case 'bad-secret':
      return `The secret does not fit the access key. Copy it from the store again, or make a new key.`
    case 'clock':
      return `The clock of this computer is wrong${minutesOff(facts)}. Let it set itself by the network.`
    case 'no-bucket':
      return `There is no such bucket at ${host}. Check its name, or make it there.`
    case 'wrong-region':
      return facts.region
        ? `The bucket is in another region: ${facts.region}. Enter that one.`
        : 'The bucket is in another region. Look up its region at the store and enter it.'
    case 'denied':
      return facts.name === 'AccessControlListNotSupported'
        ? 'This bucket does not let single objects be public. Allow access lists there, or keep originals private.'
        : 'The access key may not do this. Let it list, read, write and delete in the bucket.'
    case 'full':
      return 'The store is full, or its quota is used up. Make room there or raise the quota.'
    case 'slow-down':
      return 'The store asks for a pause. It is tried again later.'
    case 'tls':
      return `The connection to ${host} is not safe: its certificate is not valid (${facts.errno}).`
    case 'bad-endpoint':
      return `What answers at ${host} is no S3 store, or nobody has this name. Check the address and the network.`
    case 'unreachable':
      return `${host} cannot be reached or does not answer (${facts.errno || facts.status || facts.name}). It is tried again later.`
    case 'hash-mismatch':
      return 'The bytes were damaged on their way to the store. Try it again.'
    case 'not-found':
      return 'The file is not in the store.'
    default:
      return `The store could not do this (${facts.name || facts.status || 'unknown error'}).`
  }
}

function minutesOff({ headers }: Facts): string {
  const serverTime = Date.parse(headers.date ?? '')
  const minutes = Math.round((Date.now() - serverTime) / 60_000)
  if (!Number.isFinite(minutes) || minutes === 0) return ''
  return ` by ${Math.abs(minutes)} minutes: it is ${minutes > 0 ? 'fast' : 'slow'}`
}

/** The SDK hangs the whole answer on its errors, with the signed request behind its socket; that must not reach a log. */
function withoutRequest(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause
  const bare = new Error(cause.message)
  bare.name = cause.name
  if (cause.stack !== undefined) bare.stack = cause.stack
  return bare
}

/** Something answered that does not speak S3. */
export function notS3(): StoreFailed {
  return new StoreFailed('bad-endpoint', 'What answered is no S3 store. Check its address.')
}
