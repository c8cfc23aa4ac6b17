import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { faults } from '../../support/drive-server/index.ts'
import { codeAt, listWhole, openDrive, pathsOf } from './drive.ts'

const bytes = randomBytes(10)

test('names my drive by its real id, and a shared drive by its own name', async () => {
  const { source, world } = await openDrive()
  expect(await source.resolveRoot('1/root')).toMatchObject({ root: `1/${world.rootId}`, name: 'My Drive' })
  const drive = world.addSharedDrive('Studio')
  expect(await source.resolveRoot(`1/${drive}`)).toEqual({ root: `1/${drive}`, name: 'Studio', identity: drive })
})

test('takes a shortcut to a folder for the folder', async () => {
  const { source, world, folderId } = await openDrive()
  expect(await source.resolveRoot(`1/${world.addShortcut('To pictures', folderId)}`)).toMatchObject({
    root: `1/${folderId}`,
    name: 'Pictures',
  })
})

test.each([
  ['no root at all', 'nonsense', /does not name a folder/],
  ['an id that would be a query', "1/a' or 'b", /does not name a folder/],
  ['an id of nobody', '1/nobody', /not in Google Drive any more/],
])('says in a sentence that %s is no folder', async (_, root, sentence) => {
  const { source } = await openDrive()
  await expect(source.resolveRoot(root)).rejects.toMatchObject({ name: 'SourceUnavailable', message: sentence })
})

test('says that a root is a file, or in the bin', async () => {
  const { source, world, folderId } = await openDrive()
  const file = world.addFile('a.png', bytes, folderId)
  await expect(source.resolveRoot(`1/${file}`)).rejects.toThrow('“a.png” is a file, not a folder.')
  world.trash(folderId)
  await expect(source.resolveRoot(`1/${folderId}`)).rejects.toThrow('“Pictures” is in the bin')
})

test('lists what lies in the root with its tag, and nothing from outside', async () => {
  const { source, world, root, folderId } = await openDrive()
  const id = world.addFile('in.png', bytes, folderId)
  world.addFile('outside.png', bytes)
  const { files } = await listWhole(source, root)
  expect(files).toMatchObject([{ sourceId: id, path: 'in.png', sizeBytes: 10, verdict: null }])
  expect(files[0]?.contentTag).toMatch(/^[0-9a-f]{32}$/)
})

test('keeps files of the same name in one folder apart by their ids', async () => {
  const { source, world, root, folderId } = await openDrive()
  const ids = [world.addFile('same.png', bytes, folderId), world.addFile('same.png', randomBytes(11), folderId)]
  const { files } = await listWhole(source, root)
  expect(files.map(file => file.path)).toEqual(['same.png', 'same.png'])
  expect(files.map(file => file.sourceId).sort()).toEqual(ids.sort())
})

test('writes a slash in a name as one that divides no path', async () => {
  const { source, world, root, folderId } = await openDrive()
  world.addFile('1/2.png', bytes, world.addFolder('a/b', folderId))
  expect((await listWhole(source, root)).files).toMatchObject([{ path: 'a∕b/1∕2.png', filename: '1/2.png' }])
})

test('skips with a reason what is not fetched', async () => {
  const { source, world, root, folderId } = await openDrive()
  world.addDocument('Letter', folderId)
  world.addFile('locked.png', bytes, folderId, { canDownload: false })
  world.addFile('notes.txt', bytes, folderId)
  world.addFile('.hidden.png', bytes, folderId)
  world.addFile('Thumbs.db', bytes, folderId)
  world.addFile('empty.png', Buffer.alloc(0), folderId)
  world.addFile('photo', bytes, folderId, { mimeType: 'image/jpeg' })
  world.addFile('film', bytes, folderId, { mimeType: 'video/mp4' })
  world.addFile('in.png', bytes, world.addFolder('.git', folderId))
  world.trash(world.addFile('binned.png', bytes, folderId))
  const { files } = await listWhole(source, root)
  expect(Object.fromEntries(files.map(file => [file.path, file.verdict?.code ?? null]))).toEqual({
    Letter: 'google-document',
    'locked.png': 'no-download',
    'notes.txt': 'not-a-picture',
    '.hidden.png': 'hidden',
    'Thumbs.db': 'system-file',
    'empty.png': 'empty',
    photo: null,
    film: null,
    '.git': 'hidden',
  })
})

test('asks for up to 50 folders with one query', async () => {
  const { source, world, root, server, folderId } = await openDrive()
  for (let i = 0; i < 120; i++) world.addFile('a.png', bytes, world.addFolder(`folder ${i}`, folderId))
  const { files } = await listWhole(source, root)
  expect(files).toHaveLength(120)
  // The root, and 50 + 50 + 20.
  expect(server.count('files.list')).toBe(4)
})

test('lists many folders in the same order whatever the page size, in one process or many', async () => {
  const { source, world, root, reopen, folderId } = await openDrive()
  for (let i = 0; i < 130; i++) {
    const folder = world.addFolder(`folder ${i}`, folderId)
    for (let j = 0; j < i % 3; j++) world.addFile(`${j}.png`, bytes, world.addFolder(`sub ${j}`, folder))
  }
  const all = (await listWhole(source, root)).files
  expect(all).toHaveLength(129)
  expect((await listWhole(source, root, 7)).files).toEqual(all)
  const files = []
  let cursor: string | null = null
  do {
    const page = await reopen().listPage(root, cursor, 50)
    files.push(...page.files)
    cursor = page.cursor
  } while (cursor !== null)
  expect(files).toEqual(all)
})

test('lists a folder that was moved to one not yet listed again, where it is now', async () => {
  const { source, world, root, server, folderId } = await openDrive()
  const [a, b] = [world.addFolder('A', folderId), world.addFolder('B', folderId)]
  world.addFile('a.png', bytes, a)
  world.addFile('b.png', bytes, b)
  // One entry a page: A, B, and then what is in both.
  server.watch(({ kind }) => kind === 'files.list' && server.count(kind) === 4 && world.move(a, b))
  const { files, folders } = await listWhole(source, root, 1)
  expect(files.map(({ path }) => path)).toEqual(['A/a.png', 'B/b.png', 'B/A/a.png'])
  expect(folders.at(-1)).toEqual({ sourceId: a, parentId: b, name: 'A' })
})

test('asks for the next full batches while one is still on its way', async () => {
  const { source, world, root, server, folderId } = await openDrive()
  for (let i = 0; i < 400; i++) world.addFile('a.png', bytes, world.addFolder(`folder ${i}`, folderId))
  const first = await source.listPage(root, null, 1000)
  const before = server.count('files.list')
  await source.listPage(root, first.cursor, 1000)
  await expect.poll(() => server.count('files.list') - before).toBe(4)
  await listWhole(source, root)
})

test('lists a file shortcut under its own id and name with what its target holds', async () => {
  const { source, world, root, folderId } = await openDrive()
  const target = world.addFile('target.png', randomBytes(77))
  const shortcut = world.addShortcut('linked.png', target, folderId)
  const { files } = await listWhole(source, root)
  expect(files).toMatchObject([{ sourceId: shortcut, path: 'linked.png', sizeBytes: 77, verdict: null }])
})

test('skips shortcuts that lead nowhere: to what is gone, binned, or another shortcut', async () => {
  const { source, world, root, folderId } = await openDrive()
  const binned = world.addFile('binned.png', bytes)
  world.addShortcut('to bin.png', binned, folderId)
  world.trash(binned)
  const gone = world.addFile('gone.png', bytes)
  world.addShortcut('to nothing.png', gone, folderId)
  world.remove(gone)
  const goneFolder = world.addFolder('gone')
  world.addShortcut('to no folder', goneFolder, folderId)
  world.remove(goneFolder)
  world.addShortcut('to a shortcut', world.addShortcut('between', world.addFile('x.png', bytes)), folderId)
  const { files } = await listWhole(source, root)
  expect(files.map(file => file.verdict?.code)).toEqual(Array(4).fill('dangling-shortcut'))
})

test('goes into a shortcut to a folder elsewhere', async () => {
  const { source, world, root, folderId } = await openDrive()
  const elsewhere = world.addFolder('Elsewhere')
  world.addFile('in.png', bytes, world.addFolder('sub', elsewhere))
  world.addShortcut('Linked', elsewhere, world.addFolder('mine', folderId))
  const { files, folders } = await listWhole(source, root)
  expect(pathsOf(files)).toEqual(['mine/Linked/sub/in.png'])
  expect(folders.map(folder => folder.name)).toEqual(['mine', 'Linked', 'sub'])
  expect(folders[1]).toMatchObject({ sourceId: elsewhere, parentId: folders[0]?.sourceId })
})

test('does not promise to know what changes where a shortcut leads into another drive', async () => {
  const { source, world, root, folderId } = await openDrive()
  const shared = world.addFolder('Scans', world.addSharedDrive('Studio'))
  world.addFile('scan.png', bytes, shared)
  world.addShortcut('Elsewhere', world.addFolder('mine'), folderId)
  expect((await listWhole(source, root)).changesFrom).not.toBe('')
  world.addShortcut('Linked', shared, folderId)
  const { files, changesFrom } = await listWhole(source, root)
  expect(pathsOf(files)).toEqual(['Linked/scan.png'])
  expect(changesFrom).toBe('')
})

test('lists nothing twice and comes to an end where shortcuts run in circles', async () => {
  const { source, world, root, folderId } = await openDrive()
  const [a, b] = [world.addFolder('a', folderId), world.addFolder('b')]
  world.addFile('a.png', bytes, a)
  world.addFile('b.png', bytes, b)
  world.addShortcut('to b', b, a)
  world.addShortcut('to b again', b, folderId)
  world.addShortcut('to a', a, b)
  world.addShortcut('to the root', folderId, a)
  world.addShortcut('to my drive', world.rootId, a)
  for (const limit of [1, 1000]) {
    const { files } = await listWhole(source, root, limit)
    const pictures = files.filter(file => !file.isFolder)
    expect(new Set(pictures.map(file => file.sourceId)).size).toBe(pictures.length)
    expect(pictures.map(file => file.filename).sort()).toEqual(['a.png', 'b.png'])
    expect(codeAt(files, 'a/to the root')).toBe('listed-elsewhere')
  }
})

test('lists a shared drive by its own corpus', async () => {
  const { source, world, server } = await openDrive()
  const drive = world.addSharedDrive('Studio')
  world.addFile('a.png', bytes, world.addFolder('sub', drive))
  const { files } = await listWhole(source, `1/${drive}`)
  expect(pathsOf(files)).toEqual(['sub/a.png'])
  const lists = server.seen.filter(request => request.kind === 'files.list')
  expect(lists.every(({ parameters }) => parameters.get('driveId') === drive)).toBe(true)
  expect(server.seen.find(({ kind }) => kind === 'changes.getStartPageToken')?.parameters.get('driveId')).toBe(drive)
})

test('lists an entry once when later pages repeat it or turn around', async () => {
  const { source, world, root, server, folderId } = await openDrive()
  for (let i = 0; i < 20; i++) world.addFile(`${i}.png`, bytes, folderId)
  for (let i = 0; i < 5; i++) world.addFile('in.png', bytes, world.addFolder(`folder ${i}`, folderId))
  server.habits.repeats = 3
  server.habits.isReversed = true
  const { files, folders } = await listWhole(source, root, 6)
  expect(files).toHaveLength(25)
  expect(new Set(files.map(file => file.sourceId)).size).toBe(25)
  expect(folders).toHaveLength(5)
})

test('begins a batch again when its page token is too old, and lists what was listed once', async () => {
  const { source, world, root, server, folderId } = await openDrive()
  for (let i = 0; i < 10; i++) world.addFile(`${i}.png`, bytes, folderId)
  const first = await source.listPage(root, null, 4)
  server.expirePageTokens()
  const files = [...first.files]
  for (let cursor = first.cursor; cursor !== null; ) {
    const page = await source.listPage(root, cursor, 4)
    files.push(...page.files)
    cursor = page.cursor
  }
  expect(files.map(file => file.path).sort()).toEqual(Array.from({ length: 10 }, (_, i) => `${i}.png`))
})

test('asks again when a search was incomplete, and never takes the part for the whole', async () => {
  const { source, world, root, server, folderId } = await openDrive()
  world.addFile('a.png', bytes, folderId)
  server.failNext('files.list', faults.incompleteSearch(), { times: 2 })
  expect((await listWhole(source, root)).files).toHaveLength(1)
  server.failNext('files.list', faults.incompleteSearch(), { times: 100 })
  await expect(listWhole(source, root)).rejects.toMatchObject({
    name: 'SourceUnavailable',
    message: /could not search all/,
  })
})

test('leaves out nothing that was there all along while folders change under it', async () => {
  const { source, world, root, server, folderId } = await openDrive()
  const folder = world.addFolder('folder', folderId)
  for (let i = 0; i < 6; i++) world.addFile(`${i}.png`, bytes, folder)
  server.watch(({ kind }) => {
    if (kind === 'files.list') world.addFile('new.png', bytes, folder)
  })
  const { files } = await listWhole(source, root, 2)
  expect(pathsOf(files)).toEqual(expect.arrayContaining(Array.from({ length: 6 }, (_, i) => `folder/${i}.png`)))
})

test('says that the root is gone when it goes while it is listed, not that it is empty', async () => {
  const { source, world, root, folderId, server } = await openDrive()
  world.addFile('a.png', bytes, world.addFolder('a', folderId))
  server.watch(({ kind }) => {
    if (kind === 'files.list') world.trash(folderId)
  })
  await expect(listWhole(source, root)).rejects.toMatchObject({ name: 'SourceUnavailable' })
})

test('takes the token of changes before the first query', async () => {
  const { source, root, server } = await openDrive()
  await listWhole(source, root)
  const kinds = server.seen.map(request => request.kind)
  expect(kinds.indexOf('changes.getStartPageToken')).toBeLessThan(kinds.indexOf('files.list'))
  expect(kinds.indexOf('changes.getStartPageToken')).toBeGreaterThanOrEqual(0)
})
