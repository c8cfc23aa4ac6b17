import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

const runFile = promisify(execFile)

/** A disk of its own size in memory. */
export interface Disk {
  path: string
  resize(kibibytes: number): Promise<void>
  makeReadOnly(): Promise<void>
  makeWritable(): Promise<void>
  /** Takes it away, also while files on it are open; its empty mount point stays. */
  unplug(): Promise<void>
}

export const notPermitted = 'Mounting is not permitted here, so there is no disk to fill, to lock or to unplug.'

/** Mounted until the test ends. Null where mounting is not permitted. */
export async function mountDisk(path: string, kibibytes: number): Promise<Disk | null> {
  if (process.platform !== 'linux') return null
  await mkdir(path, { recursive: true })
  const mount = (...args: string[]) => runFile('mount', args)
  const isMounted = await mount('-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', path).then(
    () => true,
    () => false,
  )
  if (!isMounted) return null
  const unplug = async () => void (await runFile('umount', ['-l', path]).catch(() => {}))
  onTestFinished(unplug)
  return {
    path,
    unplug,
    resize: async size => void (await mount('-o', `remount,size=${size}k`, path)),
    makeReadOnly: async () => void (await mount('-o', 'remount,ro', path)),
    makeWritable: async () => void (await mount('-o', 'remount,rw', path)),
  }
}
