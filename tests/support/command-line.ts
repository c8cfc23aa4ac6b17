import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const entry = join(import.meta.dirname, '../../src/main/cli.ts')

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface Running {
  pid: number
  process: ChildProcess
  /** Resolves when stdout has a line, with it; fails when the program ends without one. */
  firstLine: Promise<string>
  ended: Promise<Ended>
  /** As a terminal does it: the whole group gets it. */
  pressCtrlC(): void
}

export interface Circumstances {
  env?: NodeJS.ProcessEnv
  cwd?: string
  uid?: number
}

/** The program from its sources, as a person starts it in a terminal. What is left of it is killed after the test. */
export function start(args: string[], circumstances: Circumstances = {}): Running {
  const running = launch(args, circumstances)
  onTestFinished(() => killGroup(running.pid))
  return running
}

function launch(args: string[], { env, ...more }: Circumstances): Running {
  const child = spawn(process.execPath, [entry, ...args], {
    ...more,
    ...(more.uid !== undefined && { gid: more.uid }),
    env: { ...ownEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const pid = child.pid as number
  const output = { stdout: '', stderr: '' }
  const ended = new Promise<Ended>(resolve => {
    child.on('close', (code, signal) => resolve({ code, signal, ...output }))
  })
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', text => {
      output.stdout += text
      if (output.stdout.includes('\n')) resolve(output.stdout.slice(0, output.stdout.indexOf('\n')))
    })
    ended.then(({ code, stderr }) => reject(new Error(`Ended with ${code} before a line was printed: ${stderr}`)))
  })
  firstLine.catch(() => {})
  child.stderr.setEncoding('utf8').on('data', text => {
    output.stderr += text
  })
  return { pid, process: child, firstLine, ended, pressCtrlC: () => process.kill(-pid, 'SIGINT') }
}

export function run(args: string[], circumstances?: Circumstances): Promise<Ended> {
  return start(args, circumstances).ended
}

/** The last line of `import --json`. */
export interface ImportResult {
  found: number
  imported: number
  duplicates: number
  skipped: number
  failed: number
  elapsedMs: number
  failures: { path: string; reason: string }[]
}

/** An import that must succeed, also in a hook. */
export async function runImport(folder: string, library: string, ...more: string[]): Promise<ImportResult> {
  const { code, stdout, stderr } = await launch(['import', folder, '--library', library, '--json', ...more], {}).ended
  if (code !== 0) throw new Error(`The import ended with ${code}: ${stderr}`)
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) as string)
}

/** Nothing of the person who runs the tests. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(BURG_INK_|INNGEST_|NODE_OPTIONS|VITEST|FORCE_COLOR|NO_COLOR)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || stateOf(pid) !== 'Z'
  } catch {
    return false
  }
}

/** The processes below one. Linux only. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(Number(name)))
  const below = (one: number): number[] => {
    const children = [...parents].filter(([, parent]) => parent === one).map(([child]) => child)
    return children.flatMap(child => [child, ...below(child)])
  }
  return below(pid)
}

/** `pid (name) state parent …`, and a name may hold anything. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

const stateOf = (pid: number) => statOf(pid)[0]
const parentOf = (pid: number) => Number(statOf(pid)[1] ?? 0)
