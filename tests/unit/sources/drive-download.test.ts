import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { faults } from '../../support/drive-server/index.ts'
import { openDrive } from './drive.ts'

const bytes = randomBytes(3_000_000)

async function openPicture() {
  const drive = await openDrive()
  const id = drive.world.addFile('a.png', bytes, drive.folderId)
  const download = async (fromByte = 0) => buffer((await drive.source.open(drive.root, id, { fromByte })).stream)
  const ranges = () => drive.server.seen.filter(({ kind }) => kind === 'files.media').map(({ range }) => range)
  return { ...drive, id, download, ranges }
}

test('fetches a file whole with one request for its bytes', async () => {
  const { download, server } = await openPicture()
  expect((await download()).equals(bytes)).toBe(true)
  expect(server.count('files.media')).toBe(1)
})

test('goes on where a connection broke, and fetches no byte twice', async () => {
  const { download, server, ranges } = await openPicture()
  server.failNext('files.media', faults.dropAfter(1_000_000))
  server.failNext('files.media', faults.dropAfter(500_000))
  expect((await download()).equals(bytes)).toBe(true)
  expect(ranges()).toEqual([undefined, 'bytes=1000000-', 'bytes=1500000-'])
})

test('goes on where a body ended early as if that were all', async () => {
  const { download, server, ranges } = await openPicture()
  server.failNext('files.media', faults.truncate(1_234_567))
  expect((await download()).equals(bytes)).toBe(true)
  expect(ranges()).toEqual([undefined, 'bytes=1234567-'])
})

test('leaves out what it has when a server answers with the whole file', async () => {
  const { download, server } = await openPicture()
  server.failNext('files.media', faults.dropAfter(1_000_000))
  server.failNext('files.media', faults.ignoreRange())
  expect((await download()).equals(bytes)).toBe(true)
})

test('streams a part for whoever has the beginning, also over a broken connection', async () => {
  const { download, server, ranges } = await openPicture()
  server.failNext('files.media', faults.dropAfter(10_000))
  expect((await download(2_000_000)).equals(bytes.subarray(2_000_000))).toBe(true)
  expect(ranges()).toEqual(['bytes=2000000-', 'bytes=2010000-'])
})

test.each([
  ['one bit is another', faults.alter(2_999_999)],
  ['a bit of the first half is another', faults.alter(5)],
  ['more arrives than there is', faults.append(10)],
])('refuses what arrived when %s', async (_, fault) => {
  const { download, server } = await openPicture()
  server.failNext('files.media', fault)
  await expect(download()).rejects.toMatchObject({ name: 'FileRefused', code: 'corrupt-download' })
  expect((await download()).equals(bytes)).toBe(true)
})

test('refuses a bit that is another after the connection was made again', async () => {
  const { download, server } = await openPicture()
  server.failNext('files.media', faults.dropAfter(1_000_000))
  server.failNext('files.media', faults.alter(2_000_000))
  await expect(download()).rejects.toMatchObject({ code: 'corrupt-download' })
})

test.each([
  ['before a look at it', 'files.get'],
  ['after a look at it', 'files.media'],
] as const)(
  'says that a file is changing when it is written again while its connection is broken, %s',
  async (_, kind) => {
    const { download, server, world, id } = await openPicture()
    server.failNext('files.media', faults.dropAfter(1_000_000))
    let requests = 0
    server.watch(request => {
      if (request.kind === kind && ++requests === 2) world.write(id, bytes.toReversed())
    })
    await expect(download()).rejects.toMatchObject({ name: 'FileRefused', code: 'changing' })
    expect((await download()).equals(bytes.toReversed())).toBe(true)
  },
)

test('says that a file is changing when it became shorter than what was fetched', async () => {
  const { download, server, world, id } = await openPicture()
  server.failNext('files.media', faults.dropAfter(1_000_000))
  let requests = 0
  server.watch(({ kind }) => {
    if (kind === 'files.media' && ++requests === 2) world.write(id, bytes.subarray(0, 10))
  })
  await expect(download()).rejects.toMatchObject({ code: 'changing' })
})

test('asks for the bytes and for what they should be at the same time', async () => {
  const { source, root, id, server } = await openPicture()
  server.settings.latencyMs = 20
  const opening = source.open(root, id)
  await expect.poll(() => server.seen.length, { interval: 1 }).toBe(2)
  const { stream } = await opening
  expect(server.seen.map(({ kind }) => kind).sort()).toEqual(['files.get', 'files.media'])
  stream.destroy()
})

test('gives up a connection that does nothing but break, with a sentence', async () => {
  const { download, server, waits } = await openPicture()
  server.failNext('files.media', faults.dropAfter(0), { times: 100 })
  await expect(download()).rejects.toMatchObject({ name: 'SourceUnavailable', message: /keeps breaking/ })
  expect(server.count('files.media')).toBeLessThan(10)
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000])
})

test('refuses a file of which less arrives than there is, again and again', async () => {
  const { download, server } = await openPicture()
  server.failNext('files.media', faults.truncate(1_000_000))
  server.failNext('files.media', faults.truncate(0), { times: 100 })
  await expect(download()).rejects.toMatchObject({ name: 'FileRefused', code: 'corrupt-download' })
  expect(server.count('files.media')).toBeLessThan(10)
})

test('downloads the target of a shortcut, with the key that opens it', async () => {
  const { source, world, root, folderId } = await openPicture()
  const target = world.addFile('target.png', bytes, world.rootId, { resourceKey: '0-key' })
  const opened = await source.open(root, world.addShortcut('link.png', target, folderId))
  expect((await buffer(opened.stream)).equals(bytes)).toBe(true)
})

test.each([
  ['a shortcut whose target is gone', 'dangling-shortcut'],
  ['a document of Google', 'google-document'],
  ['a file its owner locked', 'no-download'],
  ['a file in the bin', 'vanished'],
])('refuses %s', async (what, code) => {
  const { source, world, root, folderId } = await openPicture()
  const ids: Record<string, () => string> = {
    'a shortcut whose target is gone': () => world.addShortcut('x.png', 'nobody', folderId),
    'a document of Google': () => world.addDocument('x', folderId),
    'a file its owner locked': () => world.addFile('x.png', bytes, folderId, { canDownload: false }),
    'a file in the bin': () => world.addFile('x.png', bytes, folderId, { isTrashed: true }),
  }
  await expect(source.open(root, ids[what]?.() ?? '')).rejects.toMatchObject({ name: 'FileRefused', code })
})

test('refuses what Google flags', async () => {
  const { download, server } = await openPicture()
  server.failNext('files.media', faults.abusive())
  await expect(download()).rejects.toMatchObject({ name: 'FileRefused', code: 'flagged' })
})

test('says of a file that goes while its bytes are asked for that it vanished', async () => {
  const { download, server, world, id } = await openPicture()
  server.watch(({ kind }) => {
    if (kind === 'files.media') world.remove(id)
  })
  await expect(download()).rejects.toMatchObject({ name: 'FileRefused', code: 'vanished' })
})

test('halts when the download quota is used up, after one try', async () => {
  const { download, server } = await openPicture()
  server.failNext('files.media', faults.downloadQuotaExceeded())
  await expect(download()).rejects.toMatchObject({ name: 'SourceUnavailable', message: /no more downloads/ })
  expect(server.count('files.media')).toBe(1)
})

test('ends the request of a stream that is given up, and the next one comes through', async () => {
  const { source, root, id, download } = await openPicture()
  for (let i = 0; i < 50; i++) {
    const { stream } = await source.open(root, id)
    for await (const _ of stream) break
    expect(stream.destroyed).toBe(true)
  }
  expect((await download()).equals(bytes)).toBe(true)
})

test('gives up a small file that has arrived and that nobody read', async () => {
  const { source, root, world, folderId } = await openPicture()
  const id = world.addFile('small.png', bytes.subarray(0, 10), folderId)
  for (let i = 0; i < 5; i++) {
    const { stream } = await source.open(root, id)
    await setTimeout(20)
    stream.destroy()
    await expect.poll(() => stream.closed).toBe(true)
  }
})

test('downloads many files at once, each with its own bytes, whatever goes wrong between', async () => {
  const { source, root, world, folderId, server } = await openPicture()
  const files = Array.from({ length: 40 }, () => randomBytes(200_000))
  const ids = files.map((file, i) => world.addFile(`${i}.png`, file, folderId))
  for (const fault of [faults.dropAfter(50_000), faults.tooManyRequests(), faults.backendError(), faults.drop()]) {
    server.failNext('files.media', fault, { times: 3 })
    server.failNext('files.media', faults.truncate(9), { skip: 2 })
  }
  const arrived = await Promise.all(ids.map(async id => buffer((await source.open(root, id)).stream)))
  expect(arrived.every((file, i) => file.equals(files[i] ?? Buffer.alloc(0)))).toBe(true)
})
