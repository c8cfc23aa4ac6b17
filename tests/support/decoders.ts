import { execFileSync } from 'node:child_process'

/** The children of a process that decode. */
export function decoderPids(parent = process.pid): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  return lines
    .map(line => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter(parts => Number(parts?.[2]) === parent && /imaging[/-]child/.test(parts?.[3] ?? ''))
    .map(parts => Number(parts?.[1]))
}

/** Those that are there now are not counted: other tests of the file may have theirs. */
export function watchDecoders(): () => number[] {
  const before = new Set(decoderPids())
  return () => decoderPids().filter(pid => !before.has(pid))
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 10))
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
