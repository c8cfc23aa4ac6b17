/** The process pictures are decoded in. It holds nothing that matters: it may crash, and it may be killed. */
import sharp from 'sharp'
import { derivePicture } from './derive.ts'
import { type ChildSettings, type DeriveRequest, errorToWire, type FromChild } from './protocol.ts'
import { createTurns } from './turns.ts'

const memoryReportMs = 200

const { limits, cores } = JSON.parse(process.argv[2] as string) as ChildSettings
const takeTurn = createTurns()
let inFlight = 0

/** The parent may be gone at any moment; then nobody needs the answer. */
function send(message: FromChild): void {
  process.send?.(message, undefined, undefined, () => {})
}

/** One thread per picture wastes least; a picture that is alone gets all of them. */
function shareCores(): void {
  sharp.concurrency(inFlight > 1 ? 1 : cores)
}

async function answer({ id, originalPath, targets }: DeriveRequest): Promise<void> {
  inFlight += 1
  shareCores()
  const turn = { waits: () => send({ kind: 'waits', id }), begins: () => send({ kind: 'begins', id }) }
  try {
    const picture = await derivePicture(originalPath, targets, limits, (pixels, work) => takeTurn(pixels, work, turn))
    send({ kind: 'derived', id, picture })
  } catch (error) {
    send({ kind: 'threw', id, error: errorToWire(error) })
  } finally {
    inFlight -= 1
  }
}

// Nothing is decoded twice, so what libvips would keep of it is only memory.
sharp.cache(false)
process.on('message', (request: DeriveRequest) => void answer(request))
// The parent is gone. An ordinary exit would wait for the threads that decode.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// Ctrl-C reaches the whole process group: the parent decides what ends, and how.
process.on('SIGINT', () => {})
setInterval(() => send({ kind: 'memory', rssBytes: process.memoryUsage.rss() }), memoryReportMs)
send({ kind: 'ready' })
