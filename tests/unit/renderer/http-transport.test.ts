import { afterEach, describe, expect, it, vi } from 'vitest'
import { CallFailed } from '../../../src/renderer/src/lib/contract.ts'
import { httpTransport } from '../../../src/renderer/src/lib/http-transport.ts'
import { SessionMissing } from '../../../src/renderer/src/lib/transport.ts'

afterEach(() => vi.unstubAllGlobals())

function answerWith(body: unknown, status = 200) {
  const fetched = vi.fn(async (_path: string, _init: RequestInit) => new Response(JSON.stringify(body), { status }))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

describe('a call over HTTP', () => {
  it('posts its input by name and answers the value', async () => {
    const fetched = answerWith({ ok: true, value: { copyOriginals: true, googleClientId: '' } })
    await expect(httpTransport.call('settings.set', { copyOriginals: true })).resolves.toMatchObject({
      copyOriginals: true,
    })
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/call/settings.set')
    expect(fetched.mock.calls[0]?.[1].body).toBe('{"copyOriginals":true}')
  })

  it('throws an expected failure with its code and sentence', async () => {
    answerWith({ ok: false, error: { code: 'folder-unavailable', message: 'The folder is gone.' } })
    const call = httpTransport.call('folder.import', { path: '/gone' })
    await expect(call).rejects.toBeInstanceOf(CallFailed)
    await expect(call).rejects.toMatchObject({ code: 'folder-unavailable', message: 'The folder is gone.' })
  })

  it('refuses an answer that is not what the contract says', async () => {
    answerWith({ ok: true, value: { copyOriginals: 'yes' } })
    await expect(httpTransport.call('settings.get', {})).rejects.toThrow()
    answerWith({ surprise: true })
    await expect(httpTransport.call('settings.get', {})).rejects.toThrow()
  })

  it('says when there is no session', async () => {
    answerWith('Open the address', 401)
    await expect(httpTransport.call('settings.get', {})).rejects.toBeInstanceOf(SessionMissing)
  })

  it('puts the version into the address of a picture', () => {
    expect(httpTransport.mediaUrl(7, 'thumbnail', 'a/b')).toBe('/media/7/thumbnail?v=a%2Fb')
  })
})

describe('opening a session', () => {
  const openAt = async (hash: string) => {
    const fetched = answerWith({ ok: true })
    const replaceState = vi.fn()
    vi.stubGlobal('location', { hash, pathname: '/', search: '' })
    vi.stubGlobal('history', { replaceState })
    await httpTransport.open()
    return { fetched, replaceState }
  }

  it('hands over the token and takes it out of the address', async () => {
    const { fetched, replaceState } = await openAt('#token=x%2By')
    expect(fetched.mock.calls[0]?.[1].body).toBe('{"token":"x+y"}')
    expect(replaceState).toHaveBeenCalledWith(null, '', '/')
  })

  it('does nothing without one', async () => {
    const { fetched, replaceState } = await openAt('#/library?q=token')
    expect(fetched).not.toHaveBeenCalled()
    expect(replaceState).not.toHaveBeenCalled()
  })
})
