/** The real child of imaging, but for files that name a fault in their first bytes: those make it crash, hang or grow. */
import { readFileSync } from 'node:fs'
import type { WorkRequest } from '../../src/main/imaging/protocol.ts'

const hoard: Buffer[] = []

/** Bit by bit, with room in between for its own memory to be reported. */
function grow(): void {
  // Filled, so that the pages are resident.
  hoard.push(Buffer.alloc(40_000_000, 1))
  setTimeout(grow, 20)
}

const faults: Record<string, () => void> = {
  CRASH: () => process.abort(),
  HANG: () => {
    for (;;);
  },
  GROW: grow,
  SAY: () => {
    process.stderr.write('the decoder has something to say\n')
    process.kill(process.pid, 'SIGSEGV')
  },
}

await import('../../src/main/imaging/child.ts')
/** Of a utility process, or Node's own. */
const { parentPort } = process as { parentPort?: NodeJS.EventEmitter }
const port = parentPort ?? process
const [answer] = port.listeners('message')
port.removeAllListeners('message')
port.on('message', (message: unknown) => {
  const { work } = (parentPort ? (message as { data: unknown }).data : message) as WorkRequest
  const path = work.kind === 'derive' ? work.originalPath : work.path
  const fault = faults[readFileSync(path).toString('latin1', 0, 16)]
  if (fault) fault()
  else answer?.call(port, message)
})
