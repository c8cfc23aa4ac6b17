import { describe, expect, it } from 'vitest'
import { createFollower } from '../../../src/main/desktop/follow.ts'
import { CallFailed, type Handlers } from '../../../src/shared/contract.ts'

type Calls = Pick<Handlers, 'files.import' | 'samples.import'>

function follower(calls: Partial<Calls> = {}) {
  const did: unknown[] = []
  const open = Promise.withResolvers<Calls>()
  const handlers: Calls = {
    'files.import': ({ paths }) => {
      did.push(`import ${paths.join()}`)
      return { syncIds: [1], refused: [] }
    },
    'samples.import': () => {
      did.push('samples')
      return { syncId: 1 }
    },
    ...calls,
  }
  const follow = createFollower({
    showWindow: () => did.push('window'),
    tellPage: ({ data }) => did.push(data),
    handlers: open.promise,
    explain: message => did.push(message),
    report: error => did.push(error),
  })
  return { follow, did, openLibrary: () => open.resolve(handlers) }
}

describe('what the program was opened for', () => {
  it('a link leads to its place at once, and one that leads nowhere to the window', () => {
    const { follow, did } = follower()
    follow({ kind: 'link', url: 'burg-ink://activity' })
    follow({ kind: 'link', url: 'burg-ink://import?path=/etc' })
    expect(did).toEqual(['window', { route: '/activity' }, 'window'])
  })

  it('folders and files are imported when the library is open, and shown', async () => {
    const { follow, did, openLibrary } = follower()
    follow({ kind: 'paths', paths: ['/a', '/b.jpg'] })
    expect(did).toEqual(['window'])
    openLibrary()
    await expect.poll(() => did).toEqual(['window', 'import /a,/b.jpg', { route: '/library' }])
    follow({ kind: 'samples' })
    await expect.poll(() => did.slice(3)).toEqual(['window', 'samples', { route: '/library' }])
  })

  it('what cannot be imported is explained', async () => {
    const reason = 'Not a kind of picture or video Burg Ink reads yet.'
    const { follow, did, openLibrary } = follower({
      'files.import': ({ paths }) => {
        if (paths.length === 1) throw new CallFailed('folder-unavailable', 'Nothing was imported.')
        return { syncIds: [1], refused: [{ path: '/notes.txt', reason }] }
      },
    })
    openLibrary()
    follow({ kind: 'paths', paths: ['/a', '/notes.txt'] })
    await expect.poll(() => did).toEqual(['window', `/notes.txt: ${reason}`, { route: '/library' }])
    follow({ kind: 'paths', paths: ['/gone'] })
    await expect.poll(() => did.slice(3)).toEqual(['window', 'Nothing was imported.'])
  })
})
