import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { diskPlace, endsOf, type Library } from '../../../src/main/library/index.ts'
import { migrations } from '../../../src/main/library/migrations/index.ts'
import { addPicture, openBeside, openTestLibrary, sha256Of } from '../../support/library.ts'
import { faultsOf } from '../../support/library-facts.ts'

const place = 's3:store/one'
const keep = (library: Library, content: string, where = diskPlace, sizeBytes = 10) =>
  library.copies.note(where, { sha256: sha256Of(content), key: `originals/${content}.png`, sizeBytes }, null)
const names = (rows: { key: string }[]) => rows.map(({ key }) => key.split(/[/.]/)[1]).sort()

test('what is left to send is what is on the disk and not in the store, whichever came first', async () => {
  const library = await openTestLibrary()
  const { copies, sendings } = library
  keep(library, 'before')
  keep(library, 'there', place)
  keep(library, 'there')
  sendings.open(place)
  keep(library, 'after', diskPlace, 5)
  expect(names(copies.lacking(place, '', 10))).toEqual(['after', 'before'])
  expect(copies.left(place)).toEqual({ count: 2, bytes: 15 })
  keep(library, 'before', place)
  keep(library, 'only there', place)
  expect(names(copies.lacking(place, '', 10))).toEqual(['after'])
  expect([copies.total(diskPlace), copies.total(place), copies.onlyAt(place)]).toEqual([
    { count: 3, bytes: 25 },
    { count: 3, bytes: 30 },
    { count: 1, bytes: 10 },
  ])
  // Noted twice is there once.
  keep(library, 'after')
  expect(copies.left(place)).toEqual({ count: 1, bytes: 5 })
  // Gone from the store: to be sent again. Gone from the disk: not.
  copies.drop(place, sha256Of('before'))
  copies.drop(diskPlace, sha256Of('after'))
  copies.drop(diskPlace, sha256Of('there'))
  expect(names(copies.lacking(place, '', 10))).toEqual(['before'])
  expect(copies.onlyAt(place)).toEqual({ count: 2, bytes: 20 })
  await library.close()
  const faults = faultsOf(library.layout.folder).filter(fault => !fault.startsWith('originals on the disk'))
  expect(faults).toEqual([])
})

test('totals and what is unsent stay in step through random changes at three places', async () => {
  const library = await openTestLibrary()
  const places = [diskPlace, place, 's3:store/two']
  library.sendings.open(place)
  let state = 7
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  for (let step = 0; step < 600; step++) {
    const at = places[random(3)] as string
    const content = `${random(25)}`
    if (random(5) < 3) keep(library, content, at, 1 + Number(content))
    else library.copies.drop(at, sha256Of(content))
    if (step === 300) library.sendings.open('s3:store/two')
  }
  await library.close()
  expect(faultsOf(library.layout.folder).filter(fault => !fault.startsWith('originals on the disk'))).toEqual([])
})

test('lists go on after a hash, and leave out what is at fault until it is forgiven', async () => {
  const library = await openTestLibrary()
  const { copies } = library
  library.sendings.open(place)
  for (let i = 0; i < 5; i++) keep(library, `${i}`)
  const hashes = Array.from({ length: 5 }, (_, i) => sha256Of(`${i}`)).sort()
  const first = copies.lacking(place, '', 2).map(({ sha256 }) => sha256)
  expect(first).toEqual(hashes.slice(0, 2))
  expect(copies.lacking(place, first[1] as string, 10).map(({ sha256 }) => sha256)).toEqual(hashes.slice(2))
  copies.fail(place, hashes[0] as string, 'It is damaged.')
  expect(copies.lacking(place, '', 10)).toHaveLength(4)
  expect(copies.at(diskPlace, place, '', 10)).toHaveLength(4)
  expect(copies.left(place)).toEqual({ count: 4, bytes: 40 })
  expect(copies.leftToMove(diskPlace, place)).toEqual({ count: 4, bytes: 40 })
  expect(copies.faults(place, 10)).toEqual({
    count: 1,
    items: [{ mediaId: null, filename: hashes[0], message: 'It is damaged.' }],
  })
  copies.forgiveAll(place)
  expect(copies.left(place).count).toBe(5)
  // Being brought there after all ends the fault as well.
  copies.fail(place, hashes[1] as string, 'It is damaged.')
  copies.note(place, { sha256: hashes[1] as string, key: 'originals/x.png', sizeBytes: 10 })
  expect(copies.faults(place, 10).count).toBe(0)
})

test('what was used least comes first, when the store has it and nobody works on its picture', async () => {
  const library = await openTestLibrary()
  const { copies } = library
  const contents = ['old', 'older', 'used', 'unsent', 'waiting']
  for (const content of contents) addPicture(library, { path: `${content}.png`, content })
  for (const content of contents) keep(library, content)
  for (const content of contents.filter(name => name !== 'unsent')) keep(library, content, place)
  const db = openBeside(library)
  const age = db.prepare('UPDATE copies SET used_at = ? WHERE sha256 = ?')
  contents.forEach((content, i) => void age.run(`2020-01-0${i + 1}T00:00:00.000Z`, sha256Of(content)))
  age.run('2019-01-01T00:00:00.000Z', sha256Of('older'))
  db.prepare(`UPDATE media SET processing_status = 'processing' WHERE sha256 = ?`).run(sha256Of('waiting'))
  const inOrder = (limit: number, offset = 0) =>
    copies.leastUsed(place, limit, offset).map(({ key }) => key.split(/[/.]/)[1])
  expect(inOrder(10)).toEqual(['older', 'old', 'used'])
  copies.touch(sha256Of('older'))
  expect(inOrder(10)).toEqual(['old', 'used', 'older'])
  expect(inOrder(1, 1)).toEqual(['used'])
})

test('addresses of originals follow the store, and only what is there has one', async () => {
  const library = await openTestLibrary()
  const { copies, settings } = library
  const [here, there] = ['here', 'there'].map(content => addPicture(library, { path: `${content}.png`, content }))
  for (const [id, content] of [[here, 'here'] as const, [there, 'there'] as const]) {
    library.media.recordCopy(id as number, `originals/${content}.png`, null)
    keep(library, content)
  }
  settings.setStorage({ ...settings.storage(), keepsIn: 'cloud' }, { place, urlBase: 'https://store/' })
  copies.note(
    place,
    { sha256: sha256Of('there'), key: 'originals/there.png', sizeBytes: 10, isPublic: true },
    'https://store/originals/there.png',
  )
  const urls = () => [here, there].map(id => library.records.get(id as number)?.spaces_url)
  expect(urls()).toEqual([null, 'https://store/originals/there.png'])
  expect(library.detail(here as number)).toMatchObject({ keptIn: ['disk'], publicUrl: null })
  expect(library.detail(there as number)).toMatchObject({
    keptIn: ['disk', 'cloud'],
    publicUrl: 'https://store/originals/there.png',
  })
  copies.setAddresses(place, 'https://cdn/')
  expect(urls()).toEqual([null, 'https://cdn/originals/there.png'])
  copies.setAddresses('s3:another', 'https://another/')
  expect(urls()).toEqual([null, null])
})

test('a move counts what is done and what is left, also what comes in meanwhile and what ends after it', async () => {
  const library = await openTestLibrary()
  const { copies, moves, sendings } = library
  sendings.open(place)
  for (let i = 0; i < 3; i++) keep(library, `${i}`)
  const id = moves.begin('to-cloud', place)
  expect(moves.active()).toMatchObject({ id, done: { count: 0 }, left: { count: 3, bytes: 30 } })
  copies.drop(diskPlace, sha256Of('0'))
  moves.addDone(id, 10)
  keep(library, 'meanwhile')
  expect(moves.get(id)).toMatchObject({ done: { count: 1, bytes: 10 }, left: { count: 3, bytes: 30 } })
  moves.finish(id, 'cancelled')
  expect(moves.active()).toBeNull()
  copies.drop(diskPlace, sha256Of('1'))
  moves.addDone(id, 10)
  keep(library, 'later')
  expect(moves.latest()).toMatchObject({ state: 'cancelled', done: { count: 2 }, left: { count: 2, bytes: 20 } })
  expect(endsOf({ direction: 'to-disk', place })).toEqual({ from: place, to: diskPlace })
})

test('generations of sendings differ over all places', async () => {
  const library = await openTestLibrary()
  const { sendings } = library
  sendings.open('a')
  sendings.open('b')
  expect([sendings.nextGeneration('a'), sendings.nextGeneration('a'), sendings.nextGeneration('b')]).toEqual([1, 2, 3])
  sendings.open('a')
  expect([sendings.nextGeneration('a'), sendings.get('c')]).toEqual([4, null])
})

test('what an earlier version kept is known to be on the disk', () => {
  const db = new Database(':memory:')
  const before = migrations.findIndex(sql => sql.includes('CREATE TABLE copies'))
  for (const sql of migrations.slice(0, before)) db.exec(sql)
  const add = db.prepare(
    `INSERT INTO media (user_id, source, filename, mime_type, size, sha256, spaces_key) VALUES (1, 'folder', ?, '', 7, ?, ?)`,
  )
  add.run('kept.png', 'ab', 'originals/ab.png')
  add.run('not kept.png', 'cd', null)
  db.exec(migrations[before] as string)
  const rows = db.prepare('SELECT place, sha256, key, size FROM copies').all()
  expect(rows).toEqual([{ place: 'disk', sha256: 'ab', key: 'originals/ab.png', size: 7 }])
  expect(db.prepare('SELECT * FROM copy_totals').all()).toEqual([{ place: 'disk', what: 'copies', count: 1, size: 7 }])
  db.close()
})
