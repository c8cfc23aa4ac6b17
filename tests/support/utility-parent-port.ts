/** Loaded before a program that the stand-in for `utilityProcess` starts: it has a `parentPort`, and no `process.send`. */
import { EventEmitter } from 'node:events'

const send = process.send?.bind(process)
const port = new EventEmitter()
const waiting: unknown[] = []

const deliver = () => {
  if (port.listenerCount('message') > 0) for (const data of waiting.splice(0)) port.emit('message', { data, ports: [] })
}
// What comes before somebody listens, or while nobody does, waits.
process.on('message', data => {
  waiting.push(data)
  deliver()
})
port.on('newListener', () => queueMicrotask(deliver))
// Chromium's own way to end with the program that started it.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

Object.assign(port, { postMessage: (message: unknown) => void send?.(message, undefined, undefined, () => {}) })
Object.assign(process, { parentPort: port, send: undefined })
