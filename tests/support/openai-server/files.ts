import type { FileDeleted, FileObject, FilePurpose } from 'openai/resources/files'
import { badRequest, notFound } from './api-error.ts'
import type { Asked } from './asked.ts'
import { newId } from './ids.ts'
import { type Listed, pageOf } from './page.ts'

const purposes: FilePurpose[] = ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals']

/** Files as OpenAI keeps them. */
export class Files {
  readonly #files = new Map<string, { object: FileObject; bytes: Buffer }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** `POST /v1/files`, a form of several parts. @throws {ApiError} */
  async upload({ headers, bytes }: Asked): Promise<FileObject> {
    const type = headers['content-type'] ?? ''
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
      .formData()
      .catch(() => {
        throw badRequest('Could not parse multipart form', null, 'invalid_multipart')
      })
    const [file, purpose] = [form.get('file'), form.get('purpose')]
    if (!(file instanceof File)) throw badRequest("'file' is a required property", 'file', 'missing_required_parameter')
    if (!purposes.includes(purpose as FilePurpose)) {
      throw badRequest(`'${purpose}' is not one of [${purposes.join(', ')}] - 'purpose'`, 'purpose', 'invalid_value')
    }
    if (purpose === 'batch' && !file.name.endsWith('.jsonl')) {
      throw badRequest('Invalid file format for Batch API. Must be .jsonl', 'file', 'invalid_file_format')
    }
    const seconds = form.get('expires_after[seconds]')
    const content = Buffer.from(await file.arrayBuffer())
    return this.add(
      file.name,
      content,
      purpose as FileObject['purpose'],
      seconds === null ? undefined : Number(seconds),
    )
  }

  add(filename: string, bytes: Buffer, purpose: FileObject['purpose'], secondsToLive?: number): FileObject {
    const id = newId('file').replace('_', '-')
    const createdAt = Math.floor(this.#now() / 1000)
    const object: FileObject = {
      id,
      object: 'file',
      bytes: bytes.length,
      created_at: createdAt,
      filename,
      purpose,
      status: 'processed',
      ...(secondsToLive !== undefined && { expires_at: createdAt + secondsToLive }),
    }
    this.#files.set(id, { object, bytes })
    return object
  }

  /** @throws {ApiError} */
  get(id: string): FileObject {
    return this.#at(id).object
  }

  /** @throws {ApiError} */
  content(id: string): Buffer {
    return this.#at(id).bytes
  }

  /** @throws {ApiError} */
  delete(id: string): FileDeleted {
    this.#at(id)
    this.#files.delete(id)
    return { id, object: 'file', deleted: true }
  }

  list(query: URLSearchParams): Listed<FileObject> {
    const purpose = query.get('purpose')
    const all = [...this.#files.values()].map(({ object }) => object)
    return pageOf(
      all.filter(file => purpose === null || file.purpose === purpose),
      query,
    )
  }

  get ids(): string[] {
    return [...this.#files.keys()]
  }

  #at(id: string) {
    const file = this.#files.get(id)
    if (!file) throw notFound(`File object: ${id}`)
    return file
  }
}
