import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Wear } from './limits.ts'
import type { ChildSettings, FromChild, WorkRequest } from './protocol.ts'
import type { ChildLink, StartChild } from './start-child.ts'

/** Why a child is no more, as far as its parent knows. */
export type ChildEnd =
  | { how: 'never-started'; cause: Error }
  | { how: 'died'; cause: Error }
  | { how: 'too-much-memory'; rssBytes: number }
  | { how: 'too-slow' }

/** Which program decodes, and how it is started. */
export interface ChildHost {
  entry: string
  start: StartChild
}

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
  readonly #link: ChildLink
  readonly #settings: ChildSettings
  readonly #listener: ChildListener
  readonly #watchdogs = new Map<number, NodeJS.Timeout>()
  readonly #gone = Promise.withResolvers<void>()
  #stderr = ''
  #isReady = false
  #hasEnded = false
  #killedFor: ChildEnd | undefined
  #rssBytes = 0
  /** Pictures sent to it. */
  #sent = 0

  constructor({ entry, start }: ChildHost, settings: ChildSettings, listener: ChildListener) {
    this.#settings = settings
    this.#listener = listener
    const program = { entry, args: [JSON.stringify(settings)], env: childEnvironment(settings.cores) }
    this.#link = start(program, {
      message: message => this.#receive(message as FromChild),
      stderr: text => {
        this.#stderr = (this.#stderr + text).slice(-keptStderr)
      },
      closed: how => this.#end(how),
    })
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
    this.#link.send(request)
  }

  /** Kills it at once: nothing it holds is worth a goodbye. Resolves when it is gone; the listener hears nothing. */
  async stop(): Promise<void> {
    this.#hasEnded = true
    this.#unwatchAll()
    this.#link.kill()
    await this.#gone.promise
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
    this.#link.kill()
  }

  #end(how: string): void {
    this.#gone.resolve()
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#unwatchAll()
    const cause = new Error(`The decoding process ${how}.${this.#stderr && `\n${this.#stderr.trim()}`}`)
    this.#listener.ended(this.#killedFor ?? { how: this.#isReady ? 'died' : 'never-started', cause })
  }
}

/** The child's entry: beside this file in the sources, and beside the built chunk that this file went into. */
export function defaultChildEntry(): string {
  const here = fileURLToPath(import.meta.url)
  return join(dirname(here), here.endsWith('.ts') ? 'child.ts' : 'imaging-child.js')
}

/** Nothing of the app's environment, keys least of all: only what fonts, temporary files and Windows itself need. */
function childEnvironment(cores: number): Record<string, string> {
  const kept = ['HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'FONTCONFIG_PATH', 'FONTCONFIG_FILE', 'XDG_CACHE_HOME']
  const inherited = kept.flatMap(name => {
    const value = process.env[name]
    return value ? [[name, value] as const] : []
  })
  return {
    ...Object.fromEntries(inherited),
    UV_THREADPOOL_SIZE: String(Math.max(4, 2 * cores)),
    // glibc gives every thread a heap of its own and hands none back: with many large pictures that adds up.
    MALLOC_ARENA_MAX: '2',
  }
}
