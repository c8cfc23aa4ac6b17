import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createSidecarReading } from '../../src/main/app/sidecars.ts'
import { createSidecarReader } from '../../src/main/publishing/index.ts'
import { addPicture, openBeside, openTestLibrary } from '../support/library.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

/** More than are ever written in one piece. */
const many = 300

test('many are taken over in pieces: others get their turn in between, and a cancel takes all of it back', async () => {
  const library = await openTestLibrary()
  const folder = join(await makeTempFolder('many'), 'Studio')
  await mkdir(folder)
  for (let i = 0; i < many; i += 1) {
    addPicture(library, { path: `${i}.png`, folder })
    await copyFile(join(import.meta.dirname, '../support/sidecars/digikam.xmp'), join(folder, `${i}.xmp`))
  }
  const reader = createSidecarReader()
  onTestFinished(reader.stop)
  const report = vi.fn()
  const reading = createSidecarReading(library, reader, () => {}, report)
  const until = (state: string) => expect.poll(() => reading.state()?.state, { timeout: 60_000 }).toBe(state)
  const written = () => openBeside(library).prepare('SELECT count(*) FROM words').pluck().get()
  const look = async () => {
    const { id } = await reading.look({ filter: {}, sort: 'name' })
    await until('looked')
    return id
  }
  reading.take(await look(), 'keep')
  expect(written()).toBeGreaterThan(0)
  expect(library.history.state().undo).toBeNull()
  await reading.cancel()
  expect(reading.state()).toMatchObject({ state: 'cancelled', taken: 0, commandId: null })
  expect([written(), library.history.state().undo]).toEqual([0, null])
  reading.take(await look(), 'keep')
  await until('taken')
  expect(reading.state()).toMatchObject({ taken: many, done: many })
  expect(written()).toBe(2 * many)
  expect(library.history.undo()).toMatchObject({ count: many, leftCount: 0 })
  expect(written()).toBe(0)
  expect(report).not.toHaveBeenCalled()
})
