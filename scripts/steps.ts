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

/** The path of a package's command, run by Node itself, so that no shell and no link is needed. */
export const commandOf = (path: string) => join(root, 'node_modules', path)

export const inSeconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** npm runs `script` in the project's folder; paths on the command line are meant from where it was typed. */
export function enterCallersFolder(script: string): void {
  const { npm_lifecycle_event: running, INIT_CWD: callersFolder } = process.env
  if (running === script && callersFolder) process.chdir(callersFolder)
}
