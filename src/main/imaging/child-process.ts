import { type ChildProcess, fork } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Wear } from './limits.ts'
import type { ChildSettings, FromChild, WorkRequest } from './protocol.ts'

/** Why a child is no more, as far as its parent knows. */
export type ChildEnd =
  | { how: 'never-started'; cause: Error }
  | { how: 'died'; cause: Error }
  | { how: 'too-much-memory'; rssBytes: number }
  | { how: 'too-slow' }

export interface ChildListener {
  ready(): void
  settled(message: Extract<FromChild, { kind: 'did' | 'threw' }>): void
  /** Called once, however it ended, unless it was stopped on purpose. */
  ended(end: ChildEnd): void
}

/** sharp's own time limit counts whole seconds and should come first, since it spares the child. */
const graceMs = 1_500
const keptStderr = 4_000

/** One running child: sends it pictures, watches its memory and the time of each, and tells how it ended. */
export class DecoderChild {
  readonly #process: ChildProcess
  readonly #settings: ChildSettings
  readonly #listener: ChildListener
  readonly #watchdogs = new Map<number, NodeJS.Timeout>()
  #stderr = ''
  #isReady = false
  #hasEnded = false
  #killedFor: ChildEnd | undefined
  #rssBytes = 0
  /** Pictures sent to it. */
  #sent = 0

  constructor(entry: string, settings: ChildSettings, listener: ChildListener) {
    this.#settings = settings
    this.#listener = listener
    this.#process = fork(entry, [JSON.stringify(settings)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      env: childEnvironment(settings.cores),
    })
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-keptStderr)
    })
    this.#process.on('message', message => this.#receive(message as FromChild))
    this.#process.once('error', cause => this.#end(cause))
    // `close` comes after the last of stderr, which may say why.
    this.#process.once('close', (code, signal) => this.#end(new Error(`ended with ${signal ?? `code ${code}`}`)))
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  get isFresh(): boolean {
    return this.#sent === 0
  }

  isWorn({ pictures, rssBytes }: Wear): boolean {
    return this.#sent >= pictures && this.#rssBytes > rssBytes
  }

  send(request: WorkRequest): void {
    this.#sent += 1
    this.#watch(request.id)
    // A child that died meanwhile is reported by `close`.
    this.#process.send(request, () => {})
  }

  /** Kills it at once: nothing it holds is worth a goodbye. Resolves when it is gone; the listener hears nothing. */
  async stop(): Promise<void> {
    this.#hasEnded = true
    this.#unwatchAll()
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const gone = new Promise(resolve => this.#process.once('exit', resolve))
    this.#process.kill('SIGKILL')
    await gone
  }

  #receive(message: FromChild): void {
    if (this.#hasEnded) return
    switch (message.kind) {
      case 'ready':
        this.#isReady = true
        this.#listener.ready()
        return
      case 'memory':
        this.#rssBytes = message.rssBytes
        if (message.rssBytes > this.#settings.limits.memoryBytes) {
          this.#kill({ how: 'too-much-memory', rssBytes: message.rssBytes })
        }
        return
      case 'waits':
        this.#unwatch(message.id)
        return
      case 'begins':
        this.#watch(message.id)
        return
      default:
        this.#unwatch(message.id)
        this.#listener.settled(message)
    }
  }

  #watch(id: number): void {
    this.#unwatch(id)
    const kill = () => this.#kill({ how: 'too-slow' })
    this.#watchdogs.set(id, setTimeout(kill, this.#settings.limits.timeoutMs + graceMs))
  }

  #unwatch(id: number): void {
    clearTimeout(this.#watchdogs.get(id))
    this.#watchdogs.delete(id)
  }

  #unwatchAll(): void {
    for (const id of [...this.#watchdogs.keys()]) this.#unwatch(id)
  }

  #kill(reason: ChildEnd): void {
    this.#killedFor ??= reason
    this.#process.kill('SIGKILL')
  }

  #end(event: Error): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#unwatchAll()
    const cause = new Error(`The decoding process ${event.message}.${this.#stderr && `\n${this.#stderr.trim()}`}`)
    this.#listener.ended(this.#killedFor ?? { how: this.#isReady ? 'died' : 'never-started', cause })
  }
}

/** The child's entry: beside this file in the sources, and beside the built chunk that this file went into. */
export function defaultChildEntry(): string {
  const here = fileURLToPath(import.meta.url)
  return join(dirname(here), here.endsWith('.ts') ? 'child.ts' : 'imaging-child.js')
}

/** Nothing of the app's environment, keys least of all: only what fonts, temporary files and Windows itself need. */
function childEnvironment(cores: number): NodeJS.ProcessEnv {
  const kept = ['HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'FONTCONFIG_PATH', 'FONTCONFIG_FILE', 'XDG_CACHE_HOME']
  return {
    ...Object.fromEntries(kept.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : []))),
    // In Electron the executable is Electron's own.
    ELECTRON_RUN_AS_NODE: '1',
    UV_THREADPOOL_SIZE: String(Math.max(4, 2 * cores)),
    // glibc gives every thread a heap of its own and hands none back: with many large pictures that adds up.
    MALLOC_ARENA_MAX: '2',
  }
}
