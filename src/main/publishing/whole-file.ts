import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ExportFailed, explained } from './failures.ts'

/**
 * Writes a file that is there once it is whole: until then it has another name, which is always the same, so that what a
 * killed program left behind is overwritten by the next attempt. Nothing that is there already is overwritten.
 * @throws {ExportFailed}; what `parts` throws comes through, and no file is left.
 */
export async function writeWholeFile(target: string, parts: AsyncIterable<string | Uint8Array>): Promise<void> {
  await assertFree(target)
  const temporary = join(dirname(target), `.${basename(target)}.part`)
  try {
    const handle = await open(temporary, 'w')
    try {
      for await (const part of parts) await writeAll(handle, bytesOf(part)).catch(rethrow(target))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await assertFree(target)
    await rename(temporary, target)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    throw explained(cause, target)
  }
}

const bytesOf = (part: string | Uint8Array): Uint8Array => (typeof part === 'string' ? Buffer.from(part) : part)

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) offset += (await handle.write(bytes, offset)).bytesWritten
}

const rethrow = (path: string) => (cause: unknown) => {
  throw explained(cause, path)
}

async function assertFree(target: string): Promise<void> {
  const found = await stat(target).catch(() => null)
  if (found) throw new ExportFailed(`${target} is there already. Choose another name, or remove it first.`)
}
