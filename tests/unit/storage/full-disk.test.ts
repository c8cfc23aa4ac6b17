import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { createDiskStore } from '../../../src/main/storage/index.ts'
import { anObject, bodyOf } from '../../contract/object-store.contract.ts'

const run = promisify(execFile)

/** A disk of one megabyte, or null where mounting is not permitted. */
async function mountSmallDisk(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-disk-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).catch(() => null)
  if (!mounted) return null
  onTestFinished(async () => void (await run('umount', [folder])))
  return folder
}

const notPermitted = 'Mounting is not permitted here, so there is no small disk to fill.'

test.skipIf(process.platform !== 'linux')(
  'says that the disk is full, leaves nothing behind, and goes on when there is room',
  async context => {
    const disk = await mountSmallDisk()
    if (!disk) return context.skip(notPermitted)
    const store = await createDiskStore(disk)
    const small = anObject(300_000)
    const big = anObject(2_000_000)
    await store.put(small.key, bodyOf(small.bytes), small.sha256)
    const body = bodyOf(big.bytes)
    await expect(store.put(big.key, body, big.sha256)).rejects.toMatchObject({
      code: 'full',
      message: 'The disk of the library is full.',
    })
    expect(body.destroyed).toBe(true)
    expect(await store.head(big.key)).toBeNull()
    expect(await readdir(join(disk, '.partial'))).toEqual([])
    expect(await buffer(await store.get(small.key))).toEqual(small.bytes)
    const other = anObject(600_000)
    await store.put(other.key, bodyOf(other.bytes), other.sha256)
    expect(await store.head(other.key)).not.toBeNull()
  },
)

test.skipIf(process.platform !== 'linux')(
  'reads from a disk that became read-only, and says so when it should write',
  async context => {
    const disk = await mountSmallDisk()
    if (!disk) return context.skip(notPermitted)
    const kept = anObject(1000)
    await (await createDiskStore(disk)).put(kept.key, bodyOf(kept.bytes), kept.sha256)
    await run('mount', ['-o', 'remount,ro', disk])
    const store = await createDiskStore(disk)
    expect(await buffer(await store.get(kept.key))).toEqual(kept.bytes)
    const { key, bytes, sha256 } = anObject(1000)
    await expect(store.put(key, bodyOf(bytes), sha256)).rejects.toMatchObject({ code: 'read-only' })
    await expect(store.delete(kept.key)).rejects.toMatchObject({ code: 'read-only' })
  },
)
