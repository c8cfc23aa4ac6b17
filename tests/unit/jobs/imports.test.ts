import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createImports } from '../../../src/main/jobs/imports.ts'
import type { Outbox } from '../../../src/main/jobs/outbox.ts'
import { openLibrary } from '../../../src/main/library/index.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const full = () => Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })

/** A running sync in a library of its own, and an outbox that sends as told. */
async function runningSync(send: (name: string) => Promise<void>) {
  const library = await openLibrary(join(await makeTempFolder('library'), 'Library'))
  onTestFinished(() => library.close())
  const sent: string[] = []
  const outbox: Outbox = {
    async send(events: { name: string } | { name: string }[]) {
      const [first] = [events].flat()
      await send(first?.name ?? '')
      sent.push(first?.name ?? '')
      return []
    },
  }
  const imports = createImports({ library, sources: new Map() }, outbox)
  const root = '/pictures'
  const folderId = library.folders.add({ userId: 1, source: 'folder', root, name: 'pictures', keepsCopies: false })
  const syncId = library.syncs.begin(1, folderId, 'a disk')
  return { imports, library, syncId, sent }
}

test('a halt that is slow to be sent does not come after what was resumed meanwhile', async () => {
  let letHaltPass = () => {}
  const isSlow = new Promise<void>(resolve => {
    letHaltPass = resolve
  })
  const { imports, syncId, sent } = await runningSync(name => (name === 'sync/halted' ? isSlow : Promise.resolve()))
  const halted = imports.halt(syncId, 'The disk of the library is full.')
  const resumed = imports.resume(syncId)
  letHaltPass()
  await Promise.all([halted, resumed])
  expect(sent).toEqual(['sync/halted', 'folder/import.requested'])
})

test('what cannot be set to work stands still again, and says why', async () => {
  const { imports, library, syncId } = await runningSync(async name => {
    if (name === 'folder/import.requested') throw full()
  })
  await imports.pause(syncId)
  await expect(imports.resume(syncId)).rejects.toThrow('full')
  const row = library.syncs.get(syncId)
  expect(row && imports.asItStands(row)).toMatchObject({
    state: 'paused',
    error: 'The disk of the library is full. Free some space, then go on; nothing is lost.',
  })
})

test('a halt holds where neither the library nor the engine can write it down, until it is resumed', async () => {
  const { imports, library, syncId, sent } = await runningSync(async () => {})
  const { setState } = library.syncs
  library.syncs.setState = () => {
    throw full()
  }
  await imports.halt(syncId, 'The disk of the library is full.')
  const look = () => {
    const row = library.syncs.get(syncId)
    return row && imports.asItStands(row)
  }
  expect(library.syncs.get(syncId)?.state).toBe('running')
  expect(look()).toMatchObject({ state: 'paused', error: 'The disk of the library is full.' })
  await expect(imports.resume(syncId)).rejects.toThrow('full')
  expect(look()).toMatchObject({ state: 'paused' })
  library.syncs.setState = setState
  await imports.resume(syncId)
  expect(look()).toMatchObject({ state: 'running', error: null })
  expect(sent).toEqual(['folder/import.requested'])
})
