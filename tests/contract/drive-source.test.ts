import type { AddressInfo } from 'node:net'
import { createApp } from 'google-drive-mock'
import { driveStore } from 'google-drive-mock/dist/store.js'
import { createDriveSource } from '../../src/main/sources/index.ts'
import { startDriveServer } from '../support/drive-server/index.ts'
import { type ChangingSourceFixture, describeChangingSourceContract } from './changing-source.contract.ts'
import { describeMediaSourceContract } from './media-source.contract.ts'

const folderType = 'application/vnd.google-apps.folder'
const accessToken = async () => 'valid-token'

/** How each of the two servers is told what a person does in Drive. */
interface Hands {
  rootId: string
  find(parentId: string, name: string): string | undefined
  addFolder(parentId: string, name: string): string
  addFile(parentId: string, name: string, bytes: Buffer): void
  write(id: string, bytes: Buffer): void
  rename(id: string, name: string, parentId: string): void
  remove(id: string): void
}

function fixtureOf(url: string, hands: Hands, close: () => Promise<void>): ChangingSourceFixture {
  const { rootId } = hands
  const folderOf = (path: string) =>
    path
      .split('/')
      .slice(0, -1)
      .reduce((id, name) => hands.find(id, name) ?? hands.addFolder(id, name), rootId)
  const nameOf = (path: string) => path.split('/').at(-1) ?? ''
  const at = (path: string) => {
    const id = hands.find(folderOf(path), nameOf(path))
    if (id === undefined) throw new Error(`There is nothing at ${path}.`)
    return id
  }
  const open = () => createDriveSource({ accessToken, apiUrl: url })
  return {
    source: open(),
    root: `1/${rootId}`,
    absentRoot: '1/nowhere',
    reopen: open,
    async addFile(path, bytes) {
      const before = hands.find(folderOf(path), nameOf(path))
      if (before === undefined) hands.addFile(folderOf(path), nameOf(path), Buffer.from(bytes))
      else hands.write(before, Buffer.from(bytes))
    },
    removeFile: async path => hands.remove(at(path)),
    rename: async (from, to) => hands.rename(at(from), nameOf(to), folderOf(to)),
    takeAway: async () => hands.remove(rootId),
    cleanUp: close,
  }
}

/** Its store is one for the whole process, so every fixture has a root of its own in it. */
async function mockFixture(): Promise<ChangingSourceFixture> {
  const server = createApp().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const childrenOf = (id: string) => driveStore.listFiles().filter(file => file.parents?.includes(id))
  const hands: Hands = {
    rootId: driveStore.createFile({ name: 'Pictures', mimeType: folderType }).id,
    find: (parentId, name) => childrenOf(parentId).find(file => file.name === name)?.id,
    addFolder: (parentId, name) => driveStore.createFile({ name, mimeType: folderType, parents: [parentId] }).id,
    addFile: (parentId, name, content) => driveStore.createFile({ name, parents: [parentId], content }),
    write: (id, content) => driveStore.updateFile(id, { content }),
    rename: (id, name, parentId) => driveStore.updateFile(id, { name, parents: [parentId] }),
    remove(id) {
      for (const child of childrenOf(id)) hands.remove(child.id)
      driveStore.deleteFile(id)
    },
  }
  const { port } = server.address() as AddressInfo
  return fixtureOf(`http://127.0.0.1:${port}/`, hands, async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })
}

/** A person's way of removing things: into the bin. */
async function serverFixture(): Promise<ChangingSourceFixture> {
  const { world, url, close } = await startDriveServer()
  const hands: Hands = {
    rootId: world.addFolder('Pictures'),
    find: (parentId, name) => world.childrenOf(parentId).find(file => file.name === name && !file.isTrashed)?.id,
    addFolder: (parentId, name) => world.addFolder(name, parentId),
    addFile: (parentId, name, bytes) => world.addFile(name, bytes, parentId),
    write: (id, bytes) => world.write(id, bytes),
    rename(id, name, parentId) {
      world.rename(id, name)
      world.move(id, parentId)
    },
    remove: id => world.trash(id),
  }
  return fixtureOf(url, hands, close)
}

describeMediaSourceContract('Google Drive, as google-drive-mock has it,', mockFixture)
describeChangingSourceContract('Google Drive, as google-drive-mock has it,', mockFixture)
describeMediaSourceContract('Google Drive, as its discovery document has it,', serverFixture)
describeChangingSourceContract('Google Drive, as its discovery document has it,', serverFixture)
