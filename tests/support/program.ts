import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

const project = join(import.meta.dirname, '../..')
/** What `burg-ink` is once it is built. */
export const cli = join(project, 'out/main/cli.js')
/** What `npm start` runs. */
export const starter = [join(project, 'scripts/node.mjs'), 'start']

export interface Program {
  /** With the token, as printed. */
  address: string
  /** Without it. */
  origin: string
  /** All it wrote to the error stream so far. */
  complaints(): string
  /** Asks it to end and waits until it has; its exit code, null when a signal ended it. */
  stop(): Promise<number | null>
}

/** A fresh folder for one file of tests. */
export const makeWorkspace = () => mkdtemp(join(tmpdir(), 'burg-ink-e2e-'))
export const removeWorkspace = (folder: string) => rm(folder, { recursive: true, force: true })

/** A program for one test; ended after its pages are closed, when it is started before they are opened. */
export async function startForTest(args: string[], env?: NodeJS.ProcessEnv, command?: string[]): Promise<Program> {
  const program = await startProgram(args, env, command)
  onTestFinished(async () => {
    await program.stop()
  })
  return program
}

/** The built program as a person starts it; resolves as soon as it has printed its address. */
export async function startProgram(args: string[], env: NodeJS.ProcessEnv = {}, command = [cli]): Promise<Program> {
  const child = spawn(process.execPath, [...command, ...args], {
    env: { ...process.env, BURG_INK_NO_BROWSER: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', text => {
    complaints += text
  })
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  const firstLine = new Promise<string>(resolve => createInterface(child.stdout).once('line', resolve))
  const line = await Promise.race([firstLine, ended.then(code => `ended with ${code}: ${complaints}`)])
  const address = /http:\/\/\S+/.exec(line)?.[0]
  if (!address) throw new Error(`The program printed no address, but: ${line}`)
  return {
    address,
    origin: new URL(address).origin,
    complaints: () => complaints,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
