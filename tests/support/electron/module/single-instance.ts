import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRunning } from '../host.ts'
import { waitForHandover } from './quitting.ts'

/** Why a second instance was started. */
export interface Start {
  argv: string[]
  workingFolder: string
  data: unknown
}

interface Holder {
  pid: number
  socket: string
}

/** Whoever has the file is the first; a socket carries over what later ones were started with. */
export class SingleInstance {
  isHeld = false
  readonly #path: () => string
  readonly #heard: (start: Start) => void
  #server: Server | undefined

  constructor(userDataFolder: () => string, heard: (start: Start) => void) {
    this.#path = () => join(userDataFolder(), 'SingletonLock.json')
    this.#heard = heard
  }

  request(data: unknown): boolean {
    if (this.isHeld) return true
    mkdirSync(join(this.#path(), '..'), { recursive: true })
    const socket = join(tmpdir(), `electron-harness-${process.pid}.sock`)
    while (!this.#take({ pid: process.pid, socket })) {
      const holder = this.#holder()
      if (holder) {
        waitForHandover(tell(holder.socket, { argv: process.argv, workingFolder: process.cwd(), data: data ?? null }))
        return false
      }
      rmSync(this.#path(), { force: true })
    }
    this.isHeld = true
    this.#listen(socket)
    return true
  }

  release(): void {
    if (!this.isHeld) return
    this.isHeld = false
    rmSync(this.#path(), { force: true })
    this.#server?.close()
  }

  #take(holder: Holder): boolean {
    try {
      writeFileSync(this.#path(), JSON.stringify(holder), { flag: 'wx' })
      return true
    } catch {
      return false
    }
  }

  /** Undefined: it was killed, and its file is a left-over. */
  #holder(): Holder | undefined {
    try {
      const holder: Holder = JSON.parse(readFileSync(this.#path(), 'utf8'))
      return isRunning(holder.pid) ? holder : undefined
    } catch {
      return undefined
    }
  }

  #listen(socket: string): void {
    this.#server = createServer(connection => {
      let text = ''
      connection.on('data', bytes => {
        text += bytes
      })
      connection.on('end', () => this.#heard(JSON.parse(text)))
    })
    this.#server.listen(socket).unref()
    process.on('exit', () => {
      rmSync(socket, { force: true })
      this.release()
    })
  }
}

function tell(socket: string, start: Start): Promise<unknown> {
  return new Promise(resolve => {
    createConnection(socket).on('error', resolve).on('close', resolve).end(JSON.stringify(start))
  })
}
