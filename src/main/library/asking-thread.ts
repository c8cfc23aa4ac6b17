// A thread of its own with a connection of its own: however hard an import works, and however long a question takes, neither
// keeps the other waiting. WAL lets it read while the main thread writes.
import { parentPort, workerData } from 'node:worker_threads'
import { type Answer, createAnswers, type Question } from './asking.ts'
import { openDatabaseForReading } from './database.ts'

const answers = createAnswers(openDatabaseForReading(workerData as string))

parentPort?.on('message', ({ id, name, args }: Question) => {
  parentPort?.postMessage(answer(id, name, args))
})

function answer(id: number, name: Question['name'], args: unknown[]): Answer {
  try {
    return { id, value: (answers[name] as (...args: unknown[]) => unknown)(...args) }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}
