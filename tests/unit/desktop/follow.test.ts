import { describe, expect, it } from 'vitest'
import { createFollower } from '../../../src/main/desktop/follow.ts'
import { CallFailed, type Handlers } from '../../../src/shared/contract.ts'

type Calls = Pick<Handlers, 'folder.import' | 'samples.import'>

function follower(calls: Partial<Calls> = {}) {
  const did: unknown[] = []
  const open = Promise.withResolvers<Calls>()
  const handlers: Calls = {
    'folder.import': ({ path }) => {
      did.push(`import ${path}`)
      return { syncId: 1 }
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

  it('folders are imported when the library is open, and shown', async () => {
    const { follow, did, openLibrary } = follower()
    follow({ kind: 'paths', paths: ['/a', '/b'] })
    follow({ kind: 'samples' })
    expect(did).toEqual(['window', 'window'])
    openLibrary()
    await expect.poll(() => did.filter(what => typeof what === 'object').length).toBe(3)
    expect(did).toEqual(expect.arrayContaining(['import /a', 'import /b', 'samples', { route: '/library' }]))
  })

  it('what cannot be imported is explained, and the next one is', async () => {
    const { follow, did, openLibrary } = follower({
      'folder.import': ({ path }) => {
        if (path === '/a') throw new CallFailed('folder-unavailable', 'There is no folder at /a.')
        return { syncId: 1 }
      },
    })
    openLibrary()
    follow({ kind: 'paths', paths: ['/a', '/b'] })
    await expect.poll(() => did).toEqual(['window', 'There is no folder at /a.', { route: '/library' }])
  })
})
