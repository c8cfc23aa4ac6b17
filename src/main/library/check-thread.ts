// A thread of its own: reads every page of a database, which takes a second or so for each gigabyte.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { checkWholly } from './database.ts'

const db = new Database(workerData as string, { readonly: true })
try {
  checkWholly(db)
  parentPort?.postMessage(null)
} catch (error) {
  parentPort?.postMessage(error instanceof Error ? error.message : String(error))
} finally {
  db.close()
}
