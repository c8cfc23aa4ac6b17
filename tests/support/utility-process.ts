/**
 * A stand-in for Electron's `utilityProcess` on plain Node, with what its documentation and its source
 * (lib/browser/api/utility-process.ts, shell/browser/api/electron_api_utility_process.cc) say of start and end.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import { PassThrough } from 'node:stream'
import type { ForkOptions } from 'electron'

const parentPort = new URL('utility-parent-port.ts', import.meta.url).href

class UtilityProcess extends EventEmitter {
  #child: ChildProcess | null
  #isSpawned = false
  #isGone = false
  stdout = null
  stderr: PassThrough | null = new PassThrough()

  constructor(entry: string, args: string[] = [], { stdio = 'inherit', env, execArgv = [] }: ForkOptions = {}) {
    super()
    if (stdio[0] !== 'ignore') throw new Error('stdin value other than ignore is not supported.')
    // An environment without anything is taken for none.
    const own = env && Object.keys(env).length > 0 ? (env as NodeJS.ProcessEnv) : process.env
    this.#child = fork(entry, args, {
      execArgv: ['--import', parentPort, ...execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: own,
    })
    this.#child.once('spawn', () => setImmediate(() => this.#spawned()))
    this.#child.on('message', message => {
      if (!this.#isGone) this.emit('message', message)
    })
    this.#child.once('exit', (code, signal) => this.#exited(code ?? (signal ? constants.signals[signal] : 0)))
  }

  get pid(): number | undefined {
    return this.#isSpawned ? this.#child?.pid : undefined
  }

  postMessage(message: unknown): void {
    this.#child?.send(message as object, () => {})
  }

  /** Asks, and asks nobody while there is nobody to ask. */
  kill(): boolean {
    return this.pid !== undefined && (this.#child?.kill('SIGTERM') ?? false)
  }

  #spawned(): void {
    if (this.#isGone) return
    this.#isSpawned = true
    this.emit('spawn')
  }

  /** Once `exit` was heard no message is, and who listened to stderr no longer does, though what was written last may only come. */
  #exited(code: number): void {
    const { stderr } = this
    const rest = this.#child?.stderr
    this.#isGone = true
    this.#isSpawned = false
    this.emit('exit', code)
    this.#child = null
    this.stderr = null
    stderr?.removeAllListeners()
    if (stderr) rest?.pipe(stderr)
  }
}

export const utilityProcess = {
  fork: (entry: string, args?: string[], options?: ForkOptions) =>
    new UtilityProcess(entry, args, options) as unknown as Electron.UtilityProcess,
}
