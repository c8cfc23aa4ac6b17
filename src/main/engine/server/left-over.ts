import { readFile, rm, writeFile } from 'node:fs/promises'

/** Of a server that runs: so that the next start finds it, should this program be killed. */
interface Note {
  pid: number
  port: number
  secret: string
}

/** A shorter one could stand in any answer by chance. */
const leastSecret = 16

export const writeNote = (path: string, note: Note): Promise<void> =>
  writeFile(path, JSON.stringify(note), { mode: 0o600 })

export const removeNote = (path: string): Promise<void> => rm(path, { force: true })

/**
 * Ends a server that a killed program left behind. It is ours only if it names the secret address that it was started with: the
 * number of its process may by now be somebody else's, and so may its port.
 * @returns whether there was one.
 */
export async function endLeftOver(path: string): Promise<boolean> {
  const note = await readNote(path)
  if (!note) return false
  const isOurs = await namesSecret(note)
  if (isOurs) await end(note.pid)
  await removeNote(path)
  return isOurs
}

async function readNote(path: string): Promise<Note | null> {
  try {
    const { pid, port, secret } = JSON.parse(await readFile(path, 'utf8'))
    const isWhole = Number.isInteger(pid) && pid > 1 && Number.isInteger(port) && String(secret).length >= leastSecret
    return isWhole ? { pid, port, secret: String(secret) } : null
  } catch {
    return null
  }
}

async function namesSecret({ port, secret }: Note): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/dev`, { signal: AbortSignal.timeout(2000) })
    return (await answer.text()).includes(secret)
  } catch {
    return false
  }
}

const politeMs = 3000
const lookEveryMs = 50

async function end(pid: number): Promise<void> {
  kill(pid, 'SIGTERM')
  for (let waitedMs = 0; isAlive(pid); waitedMs += lookEveryMs) {
    if (waitedMs === politeMs) kill(pid, 'SIGKILL')
    if (waitedMs > 2 * politeMs) return
    await new Promise(resolve => setTimeout(resolve, lookEveryMs))
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended by itself.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
