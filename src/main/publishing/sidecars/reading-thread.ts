// A thread of its own: XML takes a while to be read, and who wrote it may mean harm.
import { parentPort } from 'node:worker_threads'
import { readSidecarsBeside } from './find-sidecars.ts'
import type { ReadingAnswer, ReadingQuestion } from './sidecar-reader.ts'

parentPort?.on('message', async ({ id, pictures }: ReadingQuestion) => {
  parentPort?.postMessage(await answer(id, pictures))
})

async function answer(id: number, pictures: ReadingQuestion['pictures']): Promise<ReadingAnswer> {
  try {
    const found = []
    for (const picture of pictures) found.push(await readSidecarsBeside(picture))
    return { id, found }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}
