import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A fresh, empty folder that is gone after the test. */
export async function makeTempFolder(name = 'test'): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), `burg-ink-${name}-`)))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
