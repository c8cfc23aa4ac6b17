import { Worker } from 'node:worker_threads'
import { threadEntry } from './threads.ts'

export interface BackgroundCheck {
  /** What is damaged, for a person to read; null when all is sound, undefined when the check was stopped. */
  problem: Promise<string | null | undefined>
  stop(): Promise<unknown>
}

/** Reads the whole database beside the work on it, for one too large to be read at the start. */
export function checkInBackground(databasePath: string): BackgroundCheck {
  const worker = new Worker(threadEntry('check'), { workerData: databasePath })
  worker.unref()
  const problem = new Promise<string | null | undefined>(resolve => {
    worker.once('message', resolve)
    worker.once('error', error => resolve(error.message))
    worker.once('exit', () => resolve(undefined))
  })
  return { problem, stop: () => worker.terminate() }
}
