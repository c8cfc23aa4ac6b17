import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import S3rver from '@20minutes/s3rver'
import S3Object from '@20minutes/s3rver/lib/models/object.js'
import type { RemoteStoreConfig } from '../../src/main/storage/index.ts'

/** An S3 server with one bucket, on this machine. */
export interface S3Server {
  url: string
  bucket: string
  config: RemoteStoreConfig
  /** Object keys but the mark of a library, and `key?` for each upload that is not finished. */
  contents(): Promise<string[]>
  /** Every file, whatever it is. */
  countFiles(): Promise<number>
  damage(key: string, bytes: Uint8Array): Promise<void>
  /** Forgets all objects. */
  empty(): Promise<void>
  stop(): Promise<void>
}

const bucket = 'pictures'

/**
 * s3rver, which checks signatures, with what a store promises and s3rver does not do: objects and parts are whole or not there,
 * uploads in parts can be listed and ended, the range of the first byte is one byte, and only who signs can read what is not
 * `public-read`.
 */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'burg-ink-s3-'))
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket }],
  })
  writeWhole(server)
  readFirstByte(server)
  server.middleware.unshift(unfinishedUploads(server), slashBehindBucket, accessLists)
  await server.run()
  const url = `http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}`
  const root = server.store.getBucketPath(bucket)
  const files = async () =>
    (await readdir(root, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
  return {
    url,
    bucket,
    config: configFor(url),
    async contents() {
      const objects = (await readdir(root, { recursive: true }))
        .filter(name => name.endsWith(objectEnding))
        .map(name => name.slice(0, -objectEnding.length))
        .filter(key => !key.endsWith('library.txt'))
      const uploads = (await listUploads(server, bucket)).map(({ key }) => `${key}?`)
      return [...objects, ...uploads].sort()
    },
    countFiles: async () => (await files()).length,
    async damage(key, bytes) {
      const path = server.store.getResourcePath(bucket, key, 'object')
      await writeFile(path, bytes)
      await rm(`${path}.md5`, { force: true })
    },
    async empty() {
      for (const name of await readdir(root)) await rm(join(root, name), { recursive: true, force: true })
    },
    async stop() {
      server.httpServer.closeAllConnections()
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** For a server on this machine, with the keys that s3rver knows. */
function configFor(endpoint: string): RemoteStoreConfig {
  return {
    preset: 'custom',
    endpoint,
    region: '',
    bucket,
    prefix: 'library/one',
    cdnUrl: '',
    usesCdn: false,
    isPathStyle: true,
    isPublic: false,
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
  }
}

const objectEnding = '._S3rver_object'

function writeWhole({ store }: S3rver): void {
  store.putContent = async (path, content) => {
    const partial = `${path}.${randomUUID()}.partial`
    const hash = createHash('md5')
    let sizeBytes = 0
    try {
      await pipeline(
        content instanceof Readable ? content : Readable.from([content]),
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            hash.update(chunk)
            sizeBytes += chunk.length
            yield chunk
          }
        },
        createWriteStream(partial),
      )
      await rename(partial, path)
      return [sizeBytes, hash.digest('hex')]
    } finally {
      await rm(partial, { force: true })
    }
  }
  store.putMetadata = async (bucketName, key, metadata, md5) => {
    const kept = Object.entries(metadata).filter(
      ([name]) => S3Object.ALLOWED_METADATA.includes(name) || name.startsWith('x-amz-meta-'),
    )
    if (md5) await writeAtOnce(store.getResourcePath(bucketName, key, 'object.md5'), md5)
    const path = store.getResourcePath(bucketName, key, 'metadata.json')
    await writeAtOnce(path, JSON.stringify(Object.fromEntries(kept)))
  }
}

async function writeAtOnce(path: string, text: string): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`
  await writeFile(partial, text)
  await rename(partial, path)
}

/** s3rver takes an end of 0 for no end. */
function readFirstByte({ store }: S3rver): void {
  const getObject = store.getObject.bind(store)
  store.getObject = async (bucketName, key, range) => {
    if (range?.start !== 0 || range.end !== 0) return getObject(bucketName, key, range)
    const found = await getObject(bucketName, key, { start: 0, end: 1 })
    if (!found?.content) return found
    found.content.destroy()
    found.content = createReadStream(store.getResourcePath(bucketName, key, 'object'), { start: 0, end: 0 })
    found.range = { start: 0, end: 0 }
    return found
  }
}

type Middleware = S3rver['middleware'][number]

/** The signature has been checked when s3rver says that it cannot do this. */
function unfinishedUploads(server: S3rver): Middleware {
  return async (context, next) => {
    try {
      await next()
    } catch (cause) {
      const { code } = cause as { code?: string }
      if (code !== 'NotImplemented' && code !== 'MethodNotAllowed') throw cause
      const [, bucketName = '', ...key] = decodeURIComponent(context.path).split('/')
      const { uploadId } = context.query
      if (context.method === 'GET' && 'uploads' in context.query) {
        const prefix = context.query.prefix ?? ''
        const uploads = (await listUploads(server, bucketName)).filter(upload => upload.key.startsWith(prefix))
        context.status = 200
        context.type = 'application/xml'
        context.body = uploadsXml(bucketName, uploads)
      } else if (context.method === 'DELETE' && uploadId) {
        const uploads = await listUploads(server, bucketName)
        const isThere = uploads.some(upload => upload.key === key.join('/') && upload.uploadId === uploadId)
        if (isThere) await rm(join(uploadsFolder(server, bucketName), uploadId), { recursive: true, force: true })
        context.status = isThere ? 204 : 404
        context.type = 'application/xml'
        context.body = isThere ? '' : '<Error><Code>NoSuchUpload</Code><Message>No such upload</Message></Error>'
      } else {
        throw cause
      }
    }
  }
}

/** The SDK signs `/bucket/` and s3rver reckons with `/bucket`: there it looks at the access key only. */
const slashBehindBucket: Middleware = async (context, next) => {
  if (/^[/][^/]+[/]$/.test(context.path)) {
    context.app = Object.create(context.app, { allowMismatchedSignatures: { value: true } })
  }
  await next()
}

function uploadsFolder({ store }: S3rver, bucketName: string): string {
  return store.getResourcePath(bucketName, undefined, 'uploads')
}

async function listUploads(
  server: S3rver,
  bucketName: string,
): Promise<{ key: string; uploadId: string; initiated: Date }[]> {
  const folder = uploadsFolder(server, bucketName)
  const uploadIds = await readdir(folder).catch(() => [])
  return Promise.all(
    uploadIds.map(async uploadId => {
      const path = join(folder, uploadId, 'key')
      return { uploadId, key: await readFile(path, 'utf8'), initiated: (await stat(path)).mtime }
    }),
  )
}

function uploadsXml(bucketName: string, uploads: Awaited<ReturnType<typeof listUploads>>): string {
  const entries = uploads.map(
    ({ key, uploadId, initiated }) =>
      `<Upload><Key>${key}</Key><UploadId>${uploadId}</UploadId><Initiated>${initiated.toISOString()}</Initiated></Upload>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListMultipartUploadsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Bucket>${bucketName}</Bucket><IsTruncated>false</IsTruncated>${entries.join('')}</ListMultipartUploadsResult>`
}

if (!S3Object.ALLOWED_METADATA.includes('x-amz-acl')) S3Object.ALLOWED_METADATA.push('x-amz-acl')

const accessLists: Middleware = async (context, next) => {
  await next()
  const isSigned = 'authorization' in context.headers || 'X-Amz-Signature' in context.query
  const isRead = context.method === 'GET' || context.method === 'HEAD'
  if (isSigned || !isRead || context.status >= 300 || context.response.get('x-amz-acl') === 'public-read') return
  if (context.body instanceof Readable) context.body.destroy()
  context.status = 403
  context.type = 'application/xml'
  context.body = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
}
