import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run, runImport } from '../support/command-line.ts'
import { makeTemporaryFolder, smallPicture, writeFiles } from '../support/drawn-folder.ts'

let root: string
let remove: () => Promise<void>
let library: string
beforeAll(async () => {
  ;({ path: root, remove } = await makeTemporaryFolder())
  library = join(root, 'library')
  const studio = join(root, 'Studio')
  await writeFiles(studio, { 'barn.jpg': await smallPicture(1), 'boat.jpg': await smallPicture(2) })
  await runImport(studio, library)
  await copyFile(join(import.meta.dirname, '../support/sidecars/digikam.xmp'), join(studio, 'barn.xmp'))
  await writeFiles(studio, { 'boat.xmp': Buffer.from('<x>') })
})
afterAll(() => remove?.())

const sidecars = (...args: string[]) => run(['import-sidecars', ...args, '--library', library])

test('a preview says what would change, and then it is taken over; what cannot be read is named', async () => {
  const preview = await sidecars('Studio', '--preview')
  expect(preview.stdout).toBe(
    '1 sidecar read, with something new for 1 picture.\nNew: title 1, description 1, tags 1, stars 1, flag 1, label 1.\nNothing was changed.\n',
  )
  const taken = await sidecars()
  expect(taken).toMatchObject({ code: 1, stdout: expect.stringMatching(/Changed 1 picture\.\n$/) })
  expect(taken.stderr).toMatch(/^boat\.xmp: It is damaged/)
  const again = JSON.parse((await sidecars('--json', '--conflicts', 'take')).stdout)
  expect(again).toMatchObject({ state: 'taken', found: 1, changed: 0, conflicting: 0, taken: 0, refused: 1 })
  expect((await sidecars('nobody')).stderr).toMatch(/no folder nobody/)
  expect((await sidecars('--conflicts', 'both')).stderr).toMatch(/Allowed choices are keep, take/)
})
