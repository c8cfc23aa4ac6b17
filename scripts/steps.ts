import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

export type Finished = { exitCode: number; output: string; elapsedMs: number }

/** Runs a command of this project to its end, with the two streams it writes in one text. */
export function run(command: string, args: readonly string[]): Promise<Finished> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', code => resolve({ exitCode: code ?? 1, output, elapsedMs: performance.now() - startedAt }))
  })
}

/** Runs a command with this terminal as its own; resolves to its exit code. */
export function runAttached(command: string, args: readonly string[], env = process.env): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env })
    child.on('error', reject)
    child.on('close', code => resolve(code ?? 1))
  })
}

export type Ended = { exitCode: number; signal: NodeJS.Signals | null; elapsedMs: number }

/** Runs a program in this one's place: in this folder, with this terminal, and with every signal that comes here. */
export function runInFront(command: string, args: readonly string[], env = process.env): Promise<Ended> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env })
    const stopPassing = passSignals(signal => child.kill(signal))
    child.on('error', cause => {
      stopPassing()
      reject(cause)
    })
    child.on('close', (code, signal) => {
      stopPassing()
      resolve({ exitCode: code ?? 1, signal, elapsedMs: performance.now() - startedAt })
    })
  })
}

/** Hands over what would end this process, until the function it returns is called. */
export function passSignals(pass: (signal: NodeJS.Signals) => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, pass)
  return () => {
    for (const signal of signals) process.off(signal, pass)
  }
}

/** Ends as the program in front did, so that a shell sees the same code or the same signal. */
export function endLike({ exitCode, signal }: Ended): void {
  if (signal) process.kill(process.pid, signal)
  else process.exitCode = exitCode
}

/** The path of a package's command, run by Node itself, so that no shell and no link is needed. */
export const commandOf = (path: string) => join(root, 'node_modules', path)

export const inSeconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** npm runs `script` in the project's folder; paths on the command line are meant from where it was typed. */
export function enterCallersFolder(script: string): void {
  const { npm_lifecycle_event: running, INIT_CWD: callersFolder } = process.env
  if (running === script && callersFolder) process.chdir(callersFolder)
}
