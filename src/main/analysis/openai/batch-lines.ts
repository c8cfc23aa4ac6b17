import { openAsBlob } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { z } from 'zod'
import type { AnalysisSubject } from '../port.ts'
import type { ModelConfig } from './config.ts'
import { paths, requestBody } from './request.ts'

export interface BatchItem {
  /** What its result is found by; each once in a batch. At most 512 characters. */
  customId: string
  subject: AnalysisSubject
}

export interface BatchLimits {
  requests: number
  bytes: number
}

export interface WrittenBatch {
  taken: number
  file: File
  remove(): Promise<void>
}

/**
 * Writes requests into a file of the system's temporary folder until one does not fit any more: pictures of a whole batch
 * do not fit into memory.
 */
export async function writeBatch(
  config: ModelConfig,
  items: Iterable<BatchItem> | AsyncIterable<BatchItem>,
  limits: BatchLimits,
  temporaryFolder: string = tmpdir(),
): Promise<WrittenBatch> {
  const folder = await mkdtemp(join(temporaryFolder, 'burg-ink-batch-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'requests.jsonl')
    const taken = await writeLines(path, config, items, limits)
    return { taken, file: new File([await openAsBlob(path)], 'burg-ink.jsonl'), remove }
  } catch (cause) {
    await remove()
    throw cause
  }
}

async function writeLines(
  path: string,
  config: ModelConfig,
  items: Iterable<BatchItem> | AsyncIterable<BatchItem>,
  limits: BatchLimits,
): Promise<number> {
  // Only this person may read what is in it.
  const file = await open(path, 'wx', 0o600)
  try {
    let taken = 0
    let bytes = 0
    for await (const { customId, subject } of items) {
      if (taken >= limits.requests) break
      const body = requestBody(config, subject)
      const url = `/v1${paths[config.protocol]}`
      const line = Buffer.from(`${JSON.stringify({ custom_id: customId, method: 'POST', url, body })}\n`)
      bytes += line.length
      if (bytes > limits.bytes) break
      await file.writeFile(line)
      taken++
    }
    return taken
  } finally {
    await file.close()
  }
}

const resultLine = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.unknown().optional(),
})

export type ResultLine = z.infer<typeof resultLine>

/** Lines of an output or error file as they arrive. One that cannot be read says nothing of any picture: it is left out. */
export async function* readResultLines(response: Response): AsyncGenerator<ResultLine> {
  if (!response.body) return
  const bytes = Readable.fromWeb(response.body as ReadableStream)
  try {
    for await (const line of createInterface({ input: bytes })) {
      const parsed = resultLine.safeParse(jsonOrNull(line))
      if (parsed.success) yield parsed.data
    }
  } finally {
    bytes.destroy()
  }
}

function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
