import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { run, runImport, start } from '../support/command-line.ts'
import { mountDisk, notPermitted } from '../support/disks.ts'
import { makeTemporaryFolder } from '../support/drawn-folder.ts'
import { ask, countEnded, faultsOf, ledgerOf, previewsOf } from '../support/library-facts.ts'
import { drawMixedFolder } from '../support/mixed-folder.ts'

let root: string
let removeRoot: () => Promise<void>
let pictures: string
let undisturbed: string
let library: string
let number = 0

beforeAll(async () => {
  ;({ path: root, remove: removeRoot } = await makeTemporaryFolder())
  pictures = join(root, 'pictures')
  undisturbed = join(root, 'undisturbed')
  await drawMixedFolder(pictures, 100)
  await runImport(pictures, undisturbed)
})
afterAll(() => removeRoot?.())
beforeEach(() => {
  library = join(root, `library ${++number}`)
})

const ended = (count: number) =>
  expect.poll(() => countEnded(library), { interval: 2, timeout: 30_000 }).toBeGreaterThan(count)

function expectNothingMissing(): void {
  const lost = `SELECT path FROM files WHERE missing_since IS NOT NULL OR reason_code IN ('vanished', 'unreadable')`
  expect(ask(library, lost)).toEqual([])
  expect(ask(library, 'SELECT id FROM media WHERE missing_since IS NOT NULL')).toEqual([])
}

function expectAsUndisturbed(): void {
  expect(ledgerOf(library)).toEqual(ledgerOf(undisturbed))
  expect(previewsOf(library)).toEqual(previewsOf(undisturbed))
  expect(faultsOf(library)).toEqual([])
}

describe('a source that is unplugged during an import', () => {
  const sentence =
    /^The folder .*pictures.* is not there any more\. If it is on another disk, connect the disk, then import again\.\n$/

  test.each([4, 30, 60, 90])('after %d files pauses it with a sentence, and back again it completes', async count => {
    const elsewhere = join(root, `elsewhere ${number}`)
    const running = start(['import', pictures, '--library', library])
    await ended(count)
    await rename(pictures, elsewhere)
    try {
      const { code, stdout, stderr } = await running.ended
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(sentence)
      expectNothingMissing()
      const { syncs } = JSON.parse((await run(['status', '--library', library, '--json'])).stdout)
      expect(syncs).toMatchObject([{ state: 'paused', error: stderr.trimEnd() }])
    } finally {
      await rename(elsewhere, pictures)
    }
    await runImport(pictures, library)
    expect(ask(library, 'SELECT id FROM syncs')).toHaveLength(1)
    expectAsUndisturbed()
  })

  test('so that its empty mount point is left, pauses it as well', async context => {
    const disk = await mountDisk(join(root, `pictures ${number}`), 64 * 1024)
    if (!disk) return context.skip(notPermitted)
    await drawMixedFolder(disk.path, 100)
    const running = start(['import', disk.path, '--library', library])
    await ended(20)
    await disk.unplug()
    const { code, stderr } = await running.ended
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(sentence) })
    expectNothingMissing()
    // Its mount point alone is not taken for the folder either.
    const empty = await run(['import', disk.path, '--library', library])
    expect({ code: empty.code, stdout: empty.stdout }).toEqual({ code: 1, stdout: '' })
    expectNothingMissing()
    await mountDisk(disk.path, 64 * 1024)
    await drawMixedFolder(disk.path, 100)
    await runImport(disk.path, library)
    expectAsUndisturbed()
  })
})

test('files that vanish one by one fail one by one, and the others are imported', async () => {
  const folder = join(root, 'vanishing')
  await drawMixedFolder(folder, 60)
  const running = start(['import', folder, '--library', library, '--json'])
  await ended(5)
  await rm(join(folder, 'deeper'), { recursive: true })
  const { code, stdout, stderr } = await running.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const { imported, failures } = JSON.parse(stdout)
  expect(imported).toBeGreaterThan(10)
  const vanished = failures.filter(({ path }: { path: string }) => path.startsWith('deeper/'))
  for (const { reason } of vanished) expect(reason).toMatch(/not there any more|disappeared/)
  expect(failures).toHaveLength(vanished.length + 6)
  expect(faultsOf(library)).toEqual([])
})

describe.runIf(process.platform === 'linux')('the process that decodes pictures', () => {
  test('killed from outside again and again, the import ends as if nothing had happened', async () => {
    const { descendantsOf } = await import('../support/command-line.ts')
    const running = start(['import', pictures, '--library', library, '--json'])
    let killed = 0
    for (const count of [5, 35, 65]) {
      await ended(count)
      for (const pid of descendantsOf(running.pid)) {
        process.kill(pid, 'SIGKILL')
        killed += 1
      }
    }
    expect(killed).toBeGreaterThan(1)
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
    expectAsUndisturbed()
  })
})

test('a folder of nothing but bad files is an import like another', async () => {
  const folder = join(root, 'bad only')
  await mkdir(folder)
  await writeFile(join(folder, 'empty.jpg'), '')
  await writeFile(join(folder, 'words.jpg'), 'words')
  expect(await runImport(folder, library)).toMatchObject({ found: 2, imported: 0, failed: 2 })
  expect(faultsOf(library)).toEqual([])
})
