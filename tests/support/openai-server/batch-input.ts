import type { BatchError } from 'openai/resources/batches'
import { z } from 'zod'
import type { Asked } from './asked.ts'

// https://platform.openai.com/docs/guides/batch
export const usualBatchLimits = { requestsMax: 50_000, bytesMax: 200e6 }

const lineShape = z.object({
  custom_id: z.string().min(1).max(64),
  method: z.literal('POST'),
  url: z.string(),
  body: z.looseObject({ model: z.string() }),
})

export interface BatchLine {
  customId: string
  body: Record<string, unknown> & { model: string }
}

/** What a batch is to do, and what is wrong with it: the whole batch fails when anything is. */
export interface BatchInput {
  lines: BatchLine[]
  errors: BatchError[]
}

export function readBatchInput(bytes: Buffer, endpoint: string, limits = usualBatchLimits): BatchInput {
  if (bytes.length > limits.bytesMax)
    return failed('file_too_large', `The batch input file is larger than ${limits.bytesMax} bytes.`)
  const texts = bytes.toString().split('\n')
  if (texts.at(-1) === '') texts.pop()
  if (texts.length === 0) return failed('empty_file', 'The batch file is empty.')
  if (texts.length > limits.requestsMax) {
    return failed(
      'too_many_tasks',
      `The batch input file contains too many requests. Maximum is ${limits.requestsMax}.`,
    )
  }
  return readLines(texts, endpoint)
}

const failed = (code: string, message: string): BatchInput => ({
  lines: [],
  errors: [{ code, message, line: null, param: null }],
})

function readLines(texts: string[], endpoint: string): BatchInput {
  const lines: BatchLine[] = []
  const errors: BatchError[] = []
  const customIds = new Set<string>()
  for (const [index, text] of texts.entries()) {
    const error = (code: string, message: string, param: string | null = null) =>
      errors.push({ code, message, line: index + 1, param })
    const parsed = lineShape.safeParse(jsonOf(text))
    if (!parsed.success) {
      const param = parsed.error.issues[0]?.path.join('.') ?? ''
      if (param === '') error('invalid_json_line', 'This line is not parseable as valid JSON.')
      else error('invalid_request', `Invalid '${param}'.`, param)
      continue
    }
    const { custom_id, url, body } = parsed.data
    if (url !== endpoint)
      error('invalid_url', 'The URL provided for this request does not match the batch endpoint.', 'url')
    if (customIds.has(custom_id)) {
      error('duplicate_custom_id', `The custom_id '${custom_id}' is used more than once.`, 'custom_id')
    }
    const first = lines[0]?.body.model ?? body.model
    if (body.model !== first) {
      error(
        'mismatched_model',
        `The provided model '${body.model}' does not match the batch's model '${first}'.`,
        'body.model',
      )
    }
    customIds.add(custom_id)
    lines.push({ customId: custom_id, body })
  }
  return { lines, errors }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The line as if it had come alone. */
export const askedBy = ({ customId, body }: BatchLine, endpoint: string, atMs: number): Asked => ({
  method: 'POST',
  path: endpoint,
  query: new URLSearchParams(),
  headers: {},
  body,
  bytes: Buffer.alloc(0),
  atMs,
  isBatched: true,
  customId,
  instructions: '',
  texts: [],
})
