import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openDrive } from './drive.ts'

const bytes = randomBytes(10)

test('shows my drive: folders first, then pictures, by name, and nothing else', async () => {
  const { source, world, folderId } = await openDrive()
  world.addFile('b10.png', bytes)
  world.addFile('b9.png', bytes)
  world.addFile('notes.txt', bytes)
  world.addDocument('Letter')
  world.trash(world.addFolder('binned'))
  const other = world.addFolder('Archive')
  const { entries, pageToken } = await source.browse(1, { kind: 'my-drive' })
  expect(entries.map(entry => entry.name)).toEqual(['Archive', 'Pictures', 'b9.png', 'b10.png'])
  expect(entries[0]).toEqual({ kind: 'folder', id: other, name: 'Archive', root: `1/${other}`, isShortcut: false })
  expect(entries[1]).toMatchObject({ id: folderId })
  expect(entries[2]).toMatchObject({ kind: 'picture', root: null })
  expect(pageToken).toBeNull()
})

test('shows what is in a folder, and picks by what it gave', async () => {
  const { source, world, folderId } = await openDrive()
  const inner = world.addFolder("it's inside", folderId)
  const { entries } = await source.browse(1, { kind: 'folder', folderId })
  expect(await source.resolveRoot(entries[0]?.root ?? '')).toMatchObject({ identity: inner, name: "it's inside" })
})

test('shows what others share, and shared drives', async () => {
  const { source, world } = await openDrive()
  world.addFolder('From Ann', world.rootId, { parents: [], isSharedWithMe: true })
  const drive = world.addSharedDrive('Studio')
  expect((await source.browse(1, { kind: 'shared-with-me' })).entries.map(entry => entry.name)).toEqual(['From Ann'])
  expect((await source.browse(1, { kind: 'shared-drives' })).entries).toEqual([
    { kind: 'folder', id: drive, name: 'Studio', root: `1/${drive}`, isShortcut: false },
  ])
})

test('finds folders by a word of their name, everywhere, with quotes and backslashes in it', async () => {
  const { source, world, folderId, server } = await openDrive()
  world.addFolder("Ann's \\ best", folderId)
  world.addFolder('Best of all', world.addSharedDrive('Studio'))
  world.addFile('best.png', bytes)
  const search = async (text: string) =>
    (await source.browse(1, { kind: 'search', text })).entries.map(entry => entry.name)
  expect(await search("Ann's \\")).toEqual(["Ann's \\ best"])
  expect(await search('best')).toEqual(["Ann's \\ best", 'Best of all'])
  expect(server.seen.at(-1)?.parameters.get('corpora')).toBe('allDrives')
})

test('shows a shortcut to a folder as the folder it leads to', async () => {
  const { source, world, folderId } = await openDrive()
  const target = world.addFolder('Target')
  world.addShortcut('Linked', target, folderId)
  world.addShortcut('To a file', world.addFile('x.png', bytes), folderId)
  expect((await source.browse(1, { kind: 'folder', folderId })).entries).toEqual([
    { kind: 'folder', id: target, name: 'Linked', root: `1/${target}`, isShortcut: true },
  ])
})

test('gives a long folder in pages, and begins again when the token of a page is too old', async () => {
  const { source, world, folderId, server } = await openDrive()
  for (let i = 0; i < 150; i++) world.addFolder(`folder ${i}`, folderId)
  const place = { kind: 'folder', folderId } as const
  const first = await source.browse(1, place)
  const second = await source.browse(1, place, first.pageToken ?? '')
  expect([first.entries.length, second.entries.length, second.pageToken]).toEqual([100, 50, null])
  server.expirePageTokens()
  expect(await source.browse(1, place, first.pageToken ?? '')).toMatchObject({ entries: first.entries })
})

test('says in a sentence that a folder is not there any more', async () => {
  const { source, world, folderId } = await openDrive()
  world.remove(folderId)
  await expect(source.browse(1, { kind: 'folder', folderId })).rejects.toMatchObject({ name: 'SourceUnavailable' })
})
