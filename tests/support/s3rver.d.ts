/** What is used of it here; it has no types of its own. */
declare module '@20minutes/s3rver' {
  import type { Server } from 'node:http'
  import type { Readable } from 'node:stream'

  interface StoredFile {
    content: Readable | null
    range?: { start: number; end: number }
    size: number
  }

  interface Context {
    app: object
    method: string
    path: string
    query: Record<string, string>
    headers: Record<string, string | undefined>
    status: number
    type: string
    body: unknown
    response: { get(name: string): string }
  }

  export default class S3rver {
    constructor(options: {
      address: string
      port: number
      silent: boolean
      directory: string
      vhostBuckets: boolean
      configureBuckets: { name: string }[]
    })
    httpServer: Server
    middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[]
    store: {
      getBucketPath(bucket: string): string
      getResourcePath(bucket: string, key: string | undefined, resource: string): string
      putContent(path: string, content: Readable | Buffer): Promise<[number, string]>
      putMetadata(bucket: string, key: string, metadata: Record<string, string>, md5?: string): Promise<void>
      getObject(bucket: string, key: string, range?: { start?: number; end?: number }): Promise<StoredFile | null>
    }
    run(): Promise<{ port: number }>
    close(): Promise<void>
  }
}

declare module '@20minutes/s3rver/lib/models/object.js' {
  const S3Object: { ALLOWED_METADATA: string[] }
  export default S3Object
}
