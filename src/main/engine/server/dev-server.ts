import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endLeftOver, removeNote, writeNote } from './left-over.ts'

export interface DevServerOptions {
  /** Inngest's program and what stands before its own arguments. */
  command: readonly [string, ...string[]]
  /** For its HTTP, its gateway and two for gRPC: it binds the last three to every interface of the machine, whatever it is told. */
  ports: readonly [number, number, number, number]
  /** The address it calls the functions at, and what in it only we know. */
  serveUrl: string
  secret: string
  /** For its log and the note by which a left-over is found. */
  stateFolder: string
  /** It answers and knows nothing of what was sent to it before. Called after every start, and awaited. */
  onUp(): Promise<void>
  /** It has ended, or could not be started, without being asked to. @param message what a person can do. */
  onDown(message: string): void
}

export interface DevServer {
  /** @throws {Error} when it does not come up; it is tried again until `stop`. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Resolves when it answers. @throws after `timeoutMs`. */
  whenUp(timeoutMs: number): Promise<void>
}

const healthyWithinMs = 30_000
const lookEveryMs = 100
const politeMs = 5000
const logBytesMost = 5_000_000
/** One, two, four seconds and so on, at most half a minute. */
const backoffMs = (failures: number): number => Math.min(1000 * 2 ** (failures - 1), 30_000)
/** Who runs as long has recovered. */
const soundAfterMs = 60_000

/** Inngest's dev server as a child: started, watched, started again when it ends, stopped with the program. */
export function createDevServer(options: DevServerOptions): DevServer {
  const [port] = options.ports
  const notePath = join(options.stateFolder, 'inngest-server.json')
  const logPath = join(options.stateFolder, 'inngest-server.log')
  const stopping = new AbortController()
  let child: ChildProcess | undefined
  let isUp = false
  let failures = 0
  let restarting: Promise<void> = Promise.resolve()
  const waiting = new Set<() => void>()

  async function launch(): Promise<void> {
    const log = await openLog(logPath)
    const [program, ...before] = options.command
    const started = spawn(program, [...before, ...argumentsFor(options)], { stdio: ['ignore', 'pipe', 'pipe'] })
    child = started
    started.stdout?.pipe(log, { end: false })
    started.stderr?.pipe(log, { end: false })
    const ended = endOf(started).finally(() => log.end())
    const startedAt = performance.now()
    const early = new AbortController()
    try {
      if (started.pid) await writeNote(notePath, { pid: started.pid, port, secret: options.secret })
      await Promise.race([untilHealthy(port, AbortSignal.any([early.signal, stopping.signal])), ended.then(throwEnded)])
      await options.onUp()
    } catch (cause) {
      early.abort()
      started.kill('SIGKILL')
      await ended
      throw cause
    }
    isUp = true
    for (const tell of waiting) tell()
    void ended.then(why => {
      isUp = false
      if (stopping.signal.aborted) return
      if (performance.now() - startedAt > soundAfterMs) failures = 0
      restarting = restart(`Inngest’s server has ended (${why}).`)
    })
  }

  /** Until it is up or nobody wants it any more. */
  async function restart(why: string): Promise<void> {
    for (let reason = why; !stopping.signal.aborted; ) {
      failures += 1
      options.onDown(`${reason} It is started again. Its log is ${logPath}.`)
      await sleep(backoffMs(failures), undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      try {
        return await launch()
      } catch (cause) {
        reason = messageOf(cause)
      }
    }
  }

  return {
    async start() {
      await mkdir(options.stateFolder, { recursive: true })
      await endLeftOver(notePath)
      try {
        await launch()
      } catch (cause) {
        if (!stopping.signal.aborted) restarting = restart(messageOf(cause))
        throw cause
      }
    },

    async stop() {
      stopping.abort()
      await end(child)
      await restarting
      await end(child)
      await removeNote(notePath)
    },

    whenUp(timeoutMs) {
      if (isUp) return Promise.resolve()
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const timer = setTimeout(
        reject,
        timeoutMs,
        new Error('Inngest’s server is not running. It is being started again.'),
      )
      const tell = (): void => {
        clearTimeout(timer)
        waiting.delete(tell)
        resolve()
      }
      waiting.add(tell)
      return promise
    },
  }
}

function argumentsFor({ ports, serveUrl }: DevServerOptions): string[] {
  const [http, gateway, gatewayGrpc, executorGrpc] = ports
  return [
    ...['dev', '--no-discovery', '--no-poll', '--host', '127.0.0.1', '--port', String(http), '--sdk-url', serveUrl],
    ...['--connect-gateway-port', String(gateway), '--connect-gateway-grpc-port', String(gatewayGrpc)],
    ...['--connect-executor-grpc-port', String(executorGrpc)],
  ]
}

/** Why it ended, in words. */
async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, 'close')
    return signal ? `by ${signal}` : `with code ${code}`
  } catch (cause) {
    return messageOf(cause)
  }
}

function throwEnded(why: string): never {
  throw new Error(`Inngest’s server ended while it started (${why}).`)
}

async function untilHealthy(port: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + healthyWithinMs
  while (performance.now() < deadline) {
    signal.throwIfAborted()
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(1000) }).catch(
      () => null,
    )
    if (answer?.ok) return
    await sleep(lookEveryMs)
  }
  throw new Error(`Inngest’s server did not answer within ${healthyWithinMs / 1000} s.`)
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), politeMs)
  await closed
  clearTimeout(timer)
}

/** The log goes on from start to start, and begins anew when it has become long: one older is kept. */
async function openLog(path: string): Promise<WriteStream> {
  const size = await stat(path).then(
    found => found.size,
    () => 0,
  )
  if (size > logBytesMost) await rename(path, `${path}.1`)
  return createWriteStream(path, { flags: 'a' })
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
