import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { FoundSidecar, PictureOnDisk } from './find-sidecars.ts'

export interface ReadingQuestion {
  id: number
  pictures: readonly PictureOnDisk[]
}
export type ReadingAnswer = { id: number; found: (FoundSidecar | null)[] } | { id: number; error: string }

interface Waiting {
  resolve(found: (FoundSidecar | null)[]): void
  reject(error: Error): void
}

export type SidecarReader = ReturnType<typeof createSidecarReader>

/** Beside this file as a source, beside the importing chunk in the build. */
function threadEntry(): string {
  const here = fileURLToPath(import.meta.url)
  return join(dirname(here), here.endsWith('.ts') ? 'reading-thread.ts' : 'sidecars-reading.js')
}

/** Reads sidecars in a thread, which starts with the first question. */
export function createSidecarReader() {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let lastId = 0

  function start(): Worker {
    const started = new Worker(threadEntry())
    started.unref()
    started.on('message', settle)
    // The next question starts another.
    started.on('error', abandon)
    started.on('exit', () => abandon(new Error('Sidecars are not read any more.')))
    return started
  }

  function settle(answer: ReadingAnswer): void {
    const asker = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asker?.reject(new Error(answer.error))
    else asker?.resolve(answer.found)
  }

  function abandon(error: Error): void {
    worker = undefined
    for (const asker of waiting.values()) asker.reject(error)
    waiting.clear()
  }

  return {
    /** What is beside each of these pictures, in their order; null where there is no sidecar. */
    read(pictures: readonly PictureOnDisk[]): Promise<(FoundSidecar | null)[]> {
      worker ??= start()
      const id = ++lastId
      worker.postMessage({ id, pictures } satisfies ReadingQuestion)
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    },

    async stop(): Promise<void> {
      await worker?.terminate()
    },
  }
}
