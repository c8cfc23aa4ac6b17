/** The ways to decode that are compared: what they start, and a look at the memory they take. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createImaging, type Imaging, type StartChild, startNode } from '../../src/main/imaging/index.ts'

export interface DecodingHost {
  name: string
  childEntry?: string
  start: StartChild
  /** What has to be shipped for it besides the program, in node_modules. */
  files: string[]
}

const wasmEntry = join(import.meta.dirname, '../support/wasm-imaging-child.ts')

/** Without what a process gives: a decoder that crashes takes the program with it, and all memory is the program's own. */
const startThread: StartChild = ({ entry, args, env }, events) => {
  const worker = new Worker(entry, { argv: args, env, stderr: true, execArgv: [] })
  worker.stderr.setEncoding('utf8').on('data', events.stderr)
  worker.on('message', events.message)
  worker.on('error', cause => events.stderr(String(cause)))
  worker.on('exit', code => events.closed(`ended with code ${code}`))
  return { send: message => worker.postMessage(message), kill: () => void worker.terminate() }
}

const { platform, arch } = process
const wasmFiles = ['@img/sharp-wasm32']

export const native: DecodingHost = {
  name: 'plain Node',
  start: startNode(),
  files: [
    `node-${platform}-${arch}/bin/node`,
    `@img/sharp-${platform}-${arch}`,
    `@img/sharp-libvips-${platform}-${arch}`,
  ],
}
export const hosts: DecodingHost[] = [
  native,
  { name: 'wasm, process', childEntry: wasmEntry, start: startNode(), files: wasmFiles },
  { name: 'wasm, thread', childEntry: wasmEntry, start: startThread, files: wasmFiles },
]

/** Far more than the program gives, so that only the decoder's own limits show. */
const limits = { memoryBytes: 16 * 2 ** 30, timeoutMs: 1_200_000 }

export interface WatchedImaging {
  imaging: Imaging
  /** The most that was reported, five times a second, above what this process had before where it decodes in itself. */
  peakBytes(): number
}

export function openHost({ childEntry, start }: DecodingHost): WatchedImaging {
  const ownBytes = start === startThread ? process.memoryUsage.rss() : 0
  let peakBytes = 0
  const startChild: StartChild = (program, events) =>
    start(program, {
      ...events,
      message(message) {
        const { rssBytes = 0 } = message as { rssBytes?: number }
        peakBytes = Math.max(peakBytes, rssBytes - ownBytes)
        events.message(message)
      },
    })
  const imaging = createImaging({ startChild, ...(childEntry && { childEntry }), limits })
  return { imaging, peakBytes: () => peakBytes }
}
