import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { queries, replySchema } from '../../src/shared/contract.ts'
import { run, runImport, start } from '../support/command-line.ts'
import { mountDisk, notPermitted } from '../support/disks.ts'
import { makeTemporaryFolder, smallPicture, writeFiles } from '../support/drawn-folder.ts'
import { countEnded, faultsOf, filesBelow, ledgerOf, previewsOf } from '../support/library-facts.ts'
import { drawMixedFolder } from '../support/mixed-folder.ts'

let root: string
let removeRoot: () => Promise<void>
let pictures: string
let undisturbed: string
/** Where a test mounts its disk. */
let mountPoint: string
let number = 0

beforeAll(async () => {
  ;({ path: root, remove: removeRoot } = await makeTemporaryFolder())
  pictures = join(root, 'pictures')
  undisturbed = join(root, 'undisturbed')
  await drawMixedFolder(pictures, 60)
  await runImport(pictures, undisturbed)
})
afterAll(() => removeRoot?.())
beforeEach(() => {
  mountPoint = join(root, `disk ${++number}`)
})

const full = 'The disk of the library is full. Free some space, then go on; nothing is lost.\n'
const enough = 64 * 1024

function expectAsUndisturbed(library: string): void {
  expect(ledgerOf(library)).toEqual(ledgerOf(undisturbed))
  expect(previewsOf(library)).toEqual(previewsOf(undisturbed))
  expect(faultsOf(library)).toEqual([])
}

function expectNothingHalfWritten(library: string): void {
  const odd = filesBelow(library).filter(path => /\.(tmp|part|unfinished|incoming)$/.test(path))
  expect(odd).toEqual([])
}

describe('a full disk', () => {
  // At the smaller sizes a database meets the end of the disk first, at others a preview.
  test.for([700, 1300])(
    'of %d KiB stops an import with one sentence; with room it goes on',
    async (kibibytes, context) => {
      const disk = await mountDisk(mountPoint, kibibytes)
      if (!disk) return context.skip(notPermitted)
      const library = join(disk.path, 'library')
      const stopped = await run(['import', pictures, '--library', library, '--json'])
      expect(stopped).toMatchObject({ code: 1, signal: null, stdout: '', stderr: full })
      expectNothingHalfWritten(library)
      await disk.resize(enough)
      await runImport(pictures, library)
      expectAsUndisturbed(library)
    },
  )

  test('while nothing can be written it is said again each time, and nothing is lost by trying', async context => {
    const disk = await mountDisk(mountPoint, 1200)
    if (!disk) return context.skip(notPermitted)
    const library = join(disk.path, 'library')
    for (let i = 0; i < 3; i += 1) {
      const { code, stderr } = await run(['import', pictures, '--library', library])
      expect({
        code,
        isSaid: /^The disk of the library is full\. Free some space[^\n]*\n$/.test(stderr),
        stderr,
      }).toMatchObject({
        code: 1,
        isSaid: true,
      })
    }
    await disk.resize(enough)
    await runImport(pictures, library)
    expectAsUndisturbed(library)
  })

  test('for previews alone pauses the import in the library', async context => {
    const library = mountPoint
    const disk = await mountDisk(join(library, 'previews'), 64)
    if (!disk) return context.skip(notPermitted)
    // A folder with other things in it would be taken for somebody else's.
    await writeFile(join(library, 'library.lock'), '')
    expect(await run(['import', pictures, '--library', library])).toMatchObject({ code: 1, stdout: '', stderr: full })
    const { stdout } = await run(['status', '--library', library, '--json'])
    expect(JSON.parse(stdout).syncs).toMatchObject([{ state: 'paused', error: full.trimEnd() }])
    expectNothingHalfWritten(library)
    await disk.resize(enough)
    await runImport(pictures, library)
    expectAsUndisturbed(library)
  })

  test('for copies of originals leaves none half written', async context => {
    const disk = await mountDisk(mountPoint, 3000)
    if (!disk) return context.skip(notPermitted)
    const folder = join(root, `heavy ${number}`)
    const padding = Buffer.alloc(400_000, 1)
    for (let i = 0; i < 12; i += 1) {
      await writeFiles(folder, { [`${i}.jpg`]: Buffer.concat([await smallPicture(i), padding]) })
    }
    const library = join(disk.path, 'library')
    expect(await run(['import', folder, '--library', library, '--copy'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: full,
    })
    expectNothingHalfWritten(library)
    await disk.resize(enough)
    expect(await runImport(folder, library, '--copy')).toMatchObject({ found: 12, imported: 12 })
    const originals = filesBelow(join(library, 'originals'))
    expect(originals).toHaveLength(12)
    for (const path of originals) expect((await readFile(path)).subarray(-padding.length).equals(padding)).toBe(true)
    expect(faultsOf(library)).toEqual([])
  })

  test('is shown while the program serves, and once there is room a person goes on', async context => {
    const disk = await mountDisk(mountPoint, 1200)
    if (!disk) return context.skip(notPermitted)
    const library = join(disk.path, 'library')
    const serving = start(['serve', '--library', library], { env: { BURG_INK_TOKEN: 'known' } })
    const [, address] = / (http:\S+)#/.exec(await serving.firstLine) ?? []
    const call = async (name: string, input: object) => {
      const headers = { authorization: 'Bearer known' }
      const answer = await fetch(`${address}api/call/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })
      return replySchema.parse(await answer.json())
    }
    const list = async () => {
      const reply = await call('sync.list', { limit: 1 })
      return reply.ok ? queries['sync.list'].output.parse(reply.value) : []
    }
    const sync = async () => (await list())[0]
    await call('folder.import', { path: pictures })
    await expect.poll(sync, { timeout: 30_000 }).toMatchObject({ state: 'paused', error: full.trimEnd() })
    const syncId = (await sync())?.id
    const resumed = await call('sync.resume', { syncId })
    if (!resumed.ok) expect(resumed.error).toEqual({ code: 'library-unavailable', message: full.trimEnd() })
    await expect.poll(sync, { timeout: 30_000 }).toMatchObject({ state: 'paused', error: full.trimEnd() })
    await disk.resize(enough)
    expect(await call('sync.resume', { syncId })).toEqual({ ok: true, value: {} })
    await expect.poll(async () => (await sync())?.state, { timeout: 30_000 }).toBe('completed')
    serving.process.kill('SIGTERM')
    expect((await serving.ended).code).toBe(0)
    expectAsUndisturbed(library)
  })
})

describe('a read-only library', () => {
  test('is said when it is opened', async context => {
    const disk = await mountDisk(mountPoint, enough)
    if (!disk) return context.skip(notPermitted)
    const library = join(disk.path, 'library')
    await runImport(join(pictures, 'again'), library)
    await disk.makeReadOnly()
    for (const command of [['import', pictures], ['serve'], ['restore']]) {
      const { code, stdout, stderr } = await run([...command, '--library', library])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^The library .*cannot be written\. Check its permissions, [^\n]+\n$/)
    }
    const fresh = await run(['import', pictures, '--library', join(disk.path, 'new library')])
    expect(fresh).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The library folder .* cannot be written\./),
    })
    await disk.makeWritable()
    await runImport(join(pictures, 'again'), library)
    expect(faultsOf(library)).toEqual([])
  })

  test('that becomes so during an import stops it with one sentence, and the next one goes on', async context => {
    const library = mountPoint
    await mkdir(library)
    const disk = await mountDisk(join(library, 'previews'), enough)
    if (!disk) return context.skip(notPermitted)
    await writeFile(join(library, 'library.lock'), '')
    const running = start(['import', pictures, '--library', library])
    await expect.poll(() => countEnded(library), { interval: 5, timeout: 30_000 }).toBeGreaterThan(20)
    // The system refuses while a preview is just being written.
    await expect
      .poll(
        () =>
          disk.makeReadOnly().then(
            () => true,
            () => false,
          ),
        { interval: 1, timeout: 30_000 },
      )
      .toBe(true)
    const sentence = 'The library cannot be written. Check its permissions, then go on; nothing is lost.\n'
    expect(await running.ended).toMatchObject({ code: 1, stdout: '', stderr: sentence })
    await disk.makeWritable()
    expectNothingHalfWritten(library)
    await runImport(pictures, library)
    expectAsUndisturbed(library)
  })
})
