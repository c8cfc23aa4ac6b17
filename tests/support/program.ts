import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

const cli = join(import.meta.dirname, '../../out/main/cli.js')

export interface Program {
  /** With the token, as printed. */
  address: string
  /** Without it. */
  origin: string
  /** Asks it to end and waits until it has; at once when it has already. */
  stop(): Promise<void>
}

/** A fresh folder for one file of tests. */
export const makeWorkspace = () => mkdtemp(join(tmpdir(), 'burg-ink-e2e-'))
export const removeWorkspace = (folder: string) => rm(folder, { recursive: true, force: true })

/** A program for one test; ended after its pages are closed, when it is started before they are opened. */
export async function startForTest(args: string[], env?: NodeJS.ProcessEnv): Promise<Program> {
  const program = await startProgram(args, env)
  onTestFinished(() => program.stop())
  return program
}

/** The built program as a person starts it; resolves as soon as it has printed its address. */
export async function startProgram(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Program> {
  const child = spawn(process.execPath, [cli, ...args], {
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
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
