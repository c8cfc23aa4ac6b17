import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const project = join(import.meta.dirname, '../..')

export interface Finished {
  exitCode: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
  /** From the start to the first whole line on the error stream. */
  firstLineMs: number | undefined
}

/** A copy of the project's scripts beside a built program that only says what it was called with. */
export async function makeScriptTree() {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-scripts-'))
  const running = new Map<ChildProcess, Finished>()
  const write = async (path: string, text: string, mode = 0o644) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
    await chmod(join(folder, path), mode)
  }
  await cp(join(project, 'scripts'), join(folder, 'scripts'), { recursive: true })
  // Stands for the drawing of icons, which needs the packages.
  await write('scripts/icons.ts', '')
  await write('package.json', '{ "type": "module" }')
  await write('node_modules/electron/package.json', '{ "name": "electron", "version": "1.2.3" }')
  await write('src/main/cli.ts', '')
  await write('out/main/cli.js', "console.log('page', process.cwd(), ...process.argv.slice(2))\n")
  await write('out/.built', '')

  return {
    folder,
    write,
    /** Makes everything older than the build, or a build older than one of its inputs. */
    setAge: (path: string, secondsFromNow: number) => {
      const time = new Date(Date.now() + secondsFromNow * 1000)
      return utimes(join(folder, path), time, time)
    },
    run(args: string[], env: NodeJS.ProcessEnv = {}, node = process.execPath): Promise<Finished> {
      const startedAt = performance.now()
      const child = spawn(node, [join(folder, 'scripts/node.mjs'), ...args], {
        env: { PATH: process.env.PATH, ...env },
      })
      const said: Finished = { exitCode: null, signal: null, stdout: '', stderr: '', firstLineMs: undefined }
      running.set(child, said)
      child.stdout.on('data', text => {
        said.stdout += text
      })
      child.stderr.on('data', text => {
        said.stderr += text
        if (said.stderr.includes('\n')) said.firstLineMs ??= performance.now() - startedAt
      })
      return new Promise(resolve => {
        child.on('close', (exitCode, signal) => {
          running.delete(child)
          resolve({ ...said, exitCode, signal })
        })
      })
    },
    /** What runs just now, and what it has said so far. */
    running: () => [...running].map(([child, said]) => ({ child, said })),
    async [Symbol.asyncDispose]() {
      for (const child of running.keys()) child.kill('SIGKILL')
      await rm(folder, { recursive: true })
    },
  }
}
