import { createHash } from 'node:crypto'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { type RemoteStoreConfig, StoreFailed } from '../port.ts'
import type { Addresses } from './addresses.ts'
import { type Circumstances, notS3, storeFailure } from './failures.ts'

type Sdk = typeof import('@aws-sdk/client-s3')

/** How long to wait for a server. */
export interface Patience {
  connectMs: number
  /** Without a byte in either direction. */
  idleMs: number
  /** Of one request, the first one included; the pauses between them grow from 0.1 s and are random. */
  attempts: number
}

export const usualPatience: Patience = { connectMs: 10_000, idleMs: 30_000, attempts: 3 }

/** Signed requests to one server. */
export interface Connection {
  bucket: string
  patience: Patience
  /** Runs `work` and says what its failure means. @throws {StoreFailed} */
  ask<T>(work: (sdk: Sdk, client: S3Client) => Promise<T>): Promise<T>
  /** As `ask`, with a client for bodies that are read as slowly as their reader likes; `bodies.ts` watches them. */
  askForBody<T>(work: (sdk: Sdk, client: S3Client) => Promise<T>): Promise<T>
  /** A client of its own on the same sockets, for what wants to watch its requests. */
  ownClient(): Promise<S3Client>
  failure(cause: unknown): StoreFailed
  close(): void
}

/**
 * Bodies sent are in memory, so the SDK may send one again: it does for 5xx, throttling, time-outs and broken connections. It
 * also corrects a wrong clock by the server's and sends again; only a server that goes on refusing is heard of.
 */
export function connect(config: RemoteStoreConfig, addresses: Addresses, patience: Patience): Connection {
  let isClosed = false
  const circumstances: Circumstances = { host: new URL(addresses.endpoint).host, hasAnswered: false }
  let opened: Promise<{ sdk: Sdk; writing: S3Client; reading: S3Client }> | undefined

  async function open() {
    if (isClosed) throw new StoreFailed('other', 'The store has been closed.')
    // The SDK takes 0.2 s and 37 MB to load: most who open a library never reach a store.
    opened ??= import('@aws-sdk/client-s3').then(sdk => ({
      sdk,
      writing: withChecksums(new sdk.S3Client(clientConfig({ socketTimeout: patience.idleMs }))),
      // Its sockets must stay open while a reader pauses; the time-out is for the answer's beginning only.
      reading: new sdk.S3Client(
        clientConfig({ socketTimeout: 0, requestTimeout: patience.idleMs, throwOnRequestTimeout: true }),
      ),
    }))
    return opened
  }

  function clientConfig(timeouts: Record<string, number | boolean>): S3ClientConfig {
    return {
      endpoint: addresses.endpoint,
      region: addresses.region,
      forcePathStyle: addresses.isPathStyle,
      credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
      // Spaces and older servers refuse the checksums that the SDK sends by itself.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: patience.attempts,
      retryMode: 'standard',
      useDualstackEndpoint: false,
      useFipsEndpoint: false,
      requestHandler: { connectionTimeout: patience.connectMs, ...timeouts },
    }
  }

  const failure = (cause: unknown) => storeFailure(cause, circumstances)

  async function run<T>(role: 'writing' | 'reading', work: (sdk: Sdk, client: S3Client) => Promise<T>): Promise<T> {
    try {
      const clients = await open()
      const answer = await work(clients.sdk, clients[role])
      circumstances.hasAnswered = true
      return answer
    } catch (cause) {
      throw failure(cause)
    }
  }

  return {
    bucket: config.bucket.trim(),
    patience,
    ask: work => run('writing', work),
    askForBody: work => run('reading', work),
    async ownClient() {
      const { sdk, writing } = await open()
      const { requestHandler } = writing.config
      return withChecksums(new sdk.S3Client({ ...clientConfig({}), requestHandler }))
    },
    failure,
    close() {
      isClosed = true
      const end = (clients: { writing: S3Client; reading: S3Client }) => {
        clients.writing.destroy()
        clients.reading.destroy()
      }
      opened?.then(end, () => undefined)
    },
  }
}

/**
 * Sends every body with its MD5, which all servers know, and compares the ETag that comes back: that is the MD5 of what was
 * stored, save where the store encrypts with keys of its customer.
 * @throws {StoreFailed} `hash-mismatch`, from any request of this client that sends bytes
 */
function withChecksums(client: S3Client): S3Client {
  client.middlewareStack.add(
    next => async args => {
      const { Body } = args.input as { Body?: unknown }
      if (!Buffer.isBuffer(Body)) return next(args)
      const md5 = createHash('md5').update(Body).digest()
      const answer = await next({ ...args, input: { ...args.input, ContentMD5: md5.toString('base64') } })
      assertStored(answer.output as Stored, md5.toString('hex'))
      return answer
    },
    { step: 'initialize', name: 'checksums' },
  )
  // The hash that a signature holds for is known already; the SDK takes it from here and does not reckon it again.
  client.middlewareStack.add(
    (next, context) => async args => {
      const { Body, Metadata } = args.input as { Body?: unknown; Metadata?: { sha256?: string } }
      const { headers } = args.request as { headers: Record<string, string> }
      if (context.commandName === 'PutObjectCommand' && Buffer.isBuffer(Body) && Metadata?.sha256) {
        headers['x-amz-content-sha256'] = Metadata.sha256
      }
      return next(args)
    },
    { step: 'build', name: 'knownHash' },
  )
  return client
}

interface Stored {
  ETag?: string | undefined
  ServerSideEncryption?: string | undefined
  SSECustomerAlgorithm?: string | undefined
}

function assertStored(stored: Stored, md5: string): void {
  if (!stored.ETag) throw notS3()
  if (isDamaged(stored, md5)) {
    throw new StoreFailed('hash-mismatch', 'The bytes were damaged on their way to the store. Try it again.')
  }
}

/** Whether an object or part is known to be other than the bytes of this MD5. */
export function isDamaged({ ETag = '', ServerSideEncryption, SSECustomerAlgorithm }: Stored, md5: string): boolean {
  const isMd5 = /^"?[0-9a-f]{32}"?$/.test(ETag) && !ServerSideEncryption?.startsWith('aws:') && !SSECustomerAlgorithm
  return isMd5 && ETag.replaceAll('"', '') !== md5
}
