import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** A picture as it came in a data URL. */
export interface AskedPicture {
  mimeType: string
  bytes: Buffer
  sha256: string
  detail: string
}

/** A request as the server got it. What only some endpoints have is left out elsewhere. */
export interface Asked {
  method: string
  /** From `/v1` on, without the query. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** What JSON says; undefined where there is none. */
  body: unknown
  /** As it came, for uploads; empty where there is JSON. */
  bytes: Buffer
  /** By the server's clock. */
  atMs: number
  /** Whether it is a line of a batch. */
  isBatched: boolean
  /** Of the line of a batch. */
  customId?: string
  model?: string
  /** The system's words: `instructions`, or messages of the roles system and developer. */
  instructions: string
  /** The user's words, one part after another. */
  texts: string[]
  /** The first; all of them in `pictures`. */
  picture?: AskedPicture
  pictures?: AskedPicture[]
  /** The JSON schema that the answer is to fit. */
  schema?: JsonSchema
  maxOutputTokens?: number
}

export type JsonSchema = { [key: string]: unknown }

const dataUrl = /^data:([\w.+-]+\/[\w.+-]+);base64,([A-Za-z0-9+/]+={0,2})$/

/** @returns null when it is no data URL with base64 in it. */
export function pictureIn(url: string, detail: string): AskedPicture | null {
  const [, mimeType, base64] = dataUrl.exec(url) ?? []
  if (mimeType === undefined || base64 === undefined) return null
  const bytes = Buffer.from(base64, 'base64')
  return { mimeType, bytes, sha256: sha256Of(bytes), detail }
}

export const sha256Of = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
