/** The process pictures are decoded in. It holds nothing that matters: it may crash, and it may be killed. */
import sharp from 'sharp'
import type { TakeTurn } from './derive.ts'
import { deriveMedia } from './derive-media.ts'
import { openParentLine } from './parent-line.ts'
import { type ChildSettings, errorToWire, type Work, type WorkRequest } from './protocol.ts'
import { reducePicture } from './reduce.ts'
import { createTurns } from './turns.ts'

const memoryReportMs = 200

const { limits, cores, ffmpeg } = JSON.parse(process.argv[2] as string) as ChildSettings
const { send, listen } = openParentLine()
const takeTurn = createTurns()
let inFlight = 0

/** One thread per picture wastes least; a picture that is alone gets all of them. */
function shareCores(): void {
  sharp.concurrency(inFlight > 1 ? 1 : cores)
}

function perform(work: Work, turn: TakeTurn) {
  if (work.kind === 'reduce') return reducePicture(work.path, work.longSide, limits, turn)
  return deriveMedia(work.originalPath, work.targets, { limits, cores, ffmpeg }, turn)
}

async function answer({ id, work }: WorkRequest): Promise<void> {
  inFlight += 1
  shareCores()
  const turn = { waits: () => send({ kind: 'waits', id }), begins: () => send({ kind: 'begins', id }) }
  try {
    const result = await perform(work, (pixels, decode) => takeTurn(pixels, decode, turn))
    send({ kind: 'did', id, result })
  } catch (error) {
    send({ kind: 'threw', id, error: errorToWire(error) })
  } finally {
    inFlight -= 1
  }
}

// Nothing is decoded twice, so what libvips would keep of it is only memory.
sharp.cache(false)
listen(request => void answer(request))
// Ctrl-C reaches the whole process group: the parent decides what ends, and how.
process.on('SIGINT', () => {})
setInterval(() => send({ kind: 'memory', rssBytes: process.memoryUsage.rss() }), memoryReportMs)
send({ kind: 'ready' })
