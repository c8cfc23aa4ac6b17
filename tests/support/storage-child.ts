// An app on a library that keeps originals in a store, to be killed: it goes on with what is left, says when that is done, and ends.
import { createApp } from '../../src/main/app.ts'
import type { StorageSettings } from '../../src/shared/storage.ts'
import { noGoogle } from './google.ts'

const [libraryFolder = '', settings = '', direction = ''] = process.argv.slice(2)
const app = await createApp({
  libraryFolder,
  pageFolder: libraryFolder,
  samplesFolder: null,
  // With the secret in a variable.
  google: { ...noGoogle, environment: process.env },
  report: error => console.error(error),
})
await app.start()
await app.handlers['storage.save']({ settings: JSON.parse(settings) as StorageSettings })
const isMove = direction === 'to-cloud' || direction === 'to-disk'
if (isMove && !app.library.moves.active()) await app.handlers['storage.move']({ direction })

await new Promise<void>(resolve => {
  const look = async () => {
    const { sending, move } = await app.handlers['storage.overview']({})
    if (isMove ? move?.state === 'completed' : sending.state === 'idle') resolve()
  }
  app.library.changes.on('storage', () => void look())
  void look()
})
await app.stop()
