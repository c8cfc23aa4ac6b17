import { open, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { run, runImport, start } from '../support/command-line.ts'
import { makeTemporaryFolder, smallPicture, writeFiles } from '../support/drawn-folder.ts'
import { ask, countEnded, faultsOf, ledgerOf, previewsOf } from '../support/library-facts.ts'
import { drawMixedFolder } from '../support/mixed-folder.ts'

let root: string
let removeRoot: () => Promise<void>
let pictures: string
let library: string
let number = 0

beforeAll(async () => {
  ;({ path: root, remove: removeRoot } = await makeTemporaryFolder())
  pictures = join(root, 'pictures')
  await drawMixedFolder(pictures, 60)
})
afterAll(() => removeRoot?.())
beforeEach(() => {
  library = join(root, `library ${++number}`)
})

/** Overwrites the middle of the database, page after page. */
async function damage(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    for (let at = 8192; at < size; at += 16_384) await file.write(Buffer.alloc(4000, 0xa5), 0, 4000, at)
  } finally {
    await file.close()
  }
}

async function removeLog(): Promise<void> {
  for (const suffix of ['-wal', '-shm']) await rm(join(library, `library.db${suffix}`), { force: true })
}

describe('a damaged database', () => {
  test('is said with the copy there is, and restored everything is found again', async () => {
    const later = join(root, 'added later')
    await writeFiles(later, { 'one.jpg': await smallPicture(801), 'two.jpg': await smallPicture(802) })
    const first = await runImport(pictures, library)
    const previews = previewsOf(library)
    const ledger = ledgerOf(library)
    await runImport(later, library)
    await removeLog()
    await damage(join(library, 'library.db'))

    for (const command of [['import', pictures], ['serve'], ['status']]) {
      const { code, stdout, stderr } = await run([...command, '--library', library])
      expect({ command, code, stdout }).toEqual({ command, code: 1, stdout: '' })
      expect(stderr).toMatch(/^The library's database is damaged[^\n]+\n$/)
      expect(stderr).toContain(`"burg-ink restore --library ${library}"`)
    }

    const restored = await run(['restore', '--library', library])
    expect(restored).toMatchObject({ code: 0, stderr: '' })
    expect(restored.stdout).toMatch(/^The copy of .+ is in place\. The damaged database is kept as .+\n$/)
    const names = await readdir(library)
    expect(names.filter(name => /^library\.db\.damaged-.+Z$/.test(name))).toHaveLength(1)
    expect(ledgerOf(library)).toEqual(ledger)

    const { found, failed } = first
    expect(await runImport(pictures, library)).toMatchObject({ found, imported: 0, failed })
    expect(await runImport(later, library)).toMatchObject({ found: 2, imported: 2 })
    expect(previewsOf(library)).toHaveLength(previews.length + 4)
    const faults = faultsOf(library).filter(fault => !fault.includes('library.db.damaged-'))
    expect(faults).toEqual([])
  })

  test('without a copy is said with what to do instead', async () => {
    await runImport(pictures, library)
    await rm(join(library, 'backups'), { recursive: true })
    await removeLog()
    await damage(join(library, 'library.db'))
    const { code, stderr } = await run(['import', pictures, '--library', library])
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^The library's database is damaged[^\n]+There is no copy of it yet\. Originals are not affected[^\n]+\n$/,
    )
  })

  test('a copy that is damaged itself is passed over', async () => {
    await runImport(pictures, library)
    const [copy] = await readdir(join(library, 'backups'))
    const sound = join(library, 'backups', copy as string)
    await writeFile(join(library, 'backups', '9999-12-31T00-00-00-000Z-daily.db'), 'no database'.repeat(900))
    await removeLog()
    await damage(join(library, 'library.db'))
    expect(await run(['restore', '--library', library])).toMatchObject({ code: 0, stderr: '' })
    expect(ask(library, 'SELECT count(*) AS count FROM media')).not.toEqual([{ count: 0 }])
    await damage(sound)
    await damage(join(library, 'library.db'))
    const none = await run(['restore', '--library', library])
    expect(none).toMatchObject({ code: 1, stderr: expect.stringMatching(/^There is no sound copy in /) })
  })

  test('of the engine costs nothing: the library knows what is left to do', async () => {
    const running = start(['import', pictures, '--library', library])
    await expect.poll(() => countEnded(library), { interval: 2, timeout: 30_000 }).toBeGreaterThan(5)
    running.process.kill('SIGKILL')
    await running.ended
    for (const suffix of ['-wal', '-shm']) await rm(join(library, `jobs.db${suffix}`), { force: true })
    await writeFile(join(library, 'jobs.db'), 'no database'.repeat(900))
    const { imported } = await runImport(pictures, library)
    expect(imported).toBeGreaterThan(60)
    expect(faultsOf(library).filter(fault => !fault.includes('jobs.db.damaged'))).toEqual([])
  })
})

test('a library from a newer program is said, and nothing is changed', async () => {
  await runImport(pictures, library)
  const db = new Database(join(library, 'library.db'))
  db.pragma('user_version = 999')
  db.close()
  for (const command of [['import', pictures], ['serve'], ['status']]) {
    const { code, stderr } = await run([...command, '--library', library])
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^This library was last opened by a newer Burg Ink\.[^\n]+\n$/),
    })
  }
})

test('after the clock was set back by a day, an import that was interrupted goes on at once', async () => {
  const running = start(['import', pictures, '--library', library])
  await expect.poll(() => countEnded(library), { interval: 2, timeout: 30_000 }).toBeGreaterThan(5)
  running.process.kill('SIGKILL')
  await running.ended
  // To the database a clock that was set back looks like times that are still to come.
  const dayMs = 86_400_000
  const jobs = new Database(join(library, 'jobs.db'))
  jobs.exec(`UPDATE clock SET at = at + ${dayMs}; UPDATE seen SET until = until + ${dayMs};
    UPDATE job SET due_at = due_at + ${dayMs} WHERE due_at IS NOT NULL; UPDATE run SET created_at = created_at + ${dayMs}`)
  jobs.close()
  const db = new Database(join(library, 'library.db'))
  db.exec(`UPDATE syncs SET started_at = '${new Date(Date.now() + dayMs).toISOString()}'`)
  db.close()
  const { elapsedMs, imported } = await runImport(pictures, library)
  expect(imported).toBeGreaterThan(60)
  expect(elapsedMs).toBeGreaterThanOrEqual(0)
  expect(faultsOf(library)).toEqual([])
})
