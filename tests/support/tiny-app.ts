import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { type Desktop, type DesktopOptions, launchDesktop } from './electron-app.ts'

export const tinyFolder = join(import.meta.dirname, 'electron/tiny-app')

export type Lock =
  | 'permission-request'
  | 'permission-check'
  | 'policy'
  | 'guard'
  | 'window-handler'
  | 'classic-preload'
  | 'lock'

/** What the tiny program keeps of itself, in its main process. */
export interface Tiny {
  /** What happened to it, in order. */
  seen: string[]
  /** What its handlers grant. */
  permissions: Record<string, boolean>
  keepsWindow?: boolean
}

/** What its preload gives its page. */
export interface TinyBridge {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>
  tell(...words: unknown[]): void
  hear(channel: string, listener: (...args: unknown[]) => void): () => void
  pathOf(file: File): string
  ask(question: (from: string) => unknown): unknown
  throws(): void
  about: {
    modules: Record<string, string>
    strange: string
    argument: boolean
    isSandboxed: boolean
    isIsolated: boolean
  }
}

declare global {
  var tiny: Tiny & TinyBridge
}

/** The tiny program, with or without some of its locks. */
export async function launchTiny({ without = [], env, ...options }: DesktopOptions & { without?: Lock[] } = {}) {
  return launchDesktop({ appFolder: tinyFolder, env: { ...env, TINY_WITHOUT: without.join() }, ...options })
}

export async function launchTinyForTest(options: Parameters<typeof launchTiny>[0] = {}): Promise<Desktop> {
  const desktop = await launchTiny(options)
  onTestFinished(() => desktop[Symbol.asyncDispose]())
  return desktop
}

export const seenBy = (app: ElectronApplication): Promise<string[]> => app.evaluate(() => globalThis.tiny.seen)

/** Pages that are not the program's, on loopback. */
export async function serveOutside(): Promise<{ address: string; asked: string[]; stop(): void }> {
  const asked: string[] = []
  const answer: RequestListener = ({ url = '' }, response) => {
    asked.push(url)
    if (url === '/redirect') return void response.writeHead(302, { location: '/' }).end()
    const download = { 'content-disposition': 'attachment; filename="a file.txt"', 'content-type': 'text/plain' }
    if (url === '/download') return void response.writeHead(200, download).end('hello')
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Outside</title>')
  }
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  return { address: `http://127.0.0.1:${port}`, asked, stop }
}
