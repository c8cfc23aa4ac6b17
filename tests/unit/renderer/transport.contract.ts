import { describe, expect, it, vi } from 'vitest'
import { CallFailed } from '../../../src/renderer/src/lib/contract.ts'
import type { LiveListener, Transport } from '../../../src/renderer/src/lib/transport.ts'

export interface TransportFixture {
  transport: Transport
  /** What the app answers from now on. */
  answer(reply: unknown): void
  /** The last call as it came to the app. */
  asked(): { name: string; input: unknown }
  /** The app says something, as it would come over this wire. */
  say(name: string, data: unknown): void
}

const settings = {
  copyOriginals: true,
  googleClientId: '',
  inventoryPattern: '{year}-{number:3}',
  sizeUnit: 'cm',
  currency: 'EUR',
  artistName: '',
  pageSize: 'a4',
  runsKeptDays: 7,
}

/** What the page relies on, whichever way it reaches the app. */
export function describeTransportContract(title: string, open: () => TransportFixture): void {
  describe(`${title} as the way to the app`, () => {
    it('hands over name and input, and answers the value', async () => {
      const { transport, answer, asked } = open()
      answer({ ok: true, value: settings })
      const call = transport.call('settings.set', { copyOriginals: true })
      await expect(call).resolves.toEqual(settings)
      expect(asked()).toEqual({ name: 'settings.set', input: { copyOriginals: true } })
    })

    it('throws an expected failure with its code and sentence', async () => {
      const { transport, answer } = open()
      answer({ ok: false, error: { code: 'folder-unavailable', message: 'The folder is gone.' } })
      const call = transport.call('folder.import', { path: '/gone' })
      await expect(call).rejects.toBeInstanceOf(CallFailed)
      await expect(call).rejects.toMatchObject({ code: 'folder-unavailable', message: 'The folder is gone.' })
    })

    it('refuses an answer that is not what the contract says', async () => {
      const { transport, answer } = open()
      answer({ ok: true, value: { copyOriginals: 'yes' } })
      await expect(transport.call('settings.get', {})).rejects.toThrow()
      answer({ surprise: true })
      await expect(transport.call('settings.get', {})).rejects.toThrow()
    })

    it('says once that it is there, then what the app says, and nothing after its end', () => {
      const { transport, say } = open()
      const listener = { onEvent: vi.fn(), onReady: vi.fn(), onConnection: vi.fn() } satisfies LiveListener
      const end = transport.subscribe(listener)
      expect(listener.onReady).toHaveBeenCalledTimes(1)
      expect(listener.onConnection.mock.calls).toEqual([['open']])

      say('page.show', { route: '/activity', more: 'is not for the page' })
      say('nobody.knows', {})
      expect(listener.onEvent.mock.calls).toEqual([[{ name: 'page.show', data: { route: '/activity' } }]])
      end()
      say('page.show', { route: '/settings' })
      expect(listener.onEvent).toHaveBeenCalledTimes(1)
    })

    it('puts id, kind and version into the address of a picture', () => {
      const { transport } = open()
      const [, id, kind, version] = /(\d+)\/(\w+)\?v=(.+)$/.exec(transport.mediaUrl(7, 'thumbnail', 'a/b')) ?? []
      expect([id, kind, version]).toEqual(['7', 'thumbnail', 'a%2Fb'])
    })

    it('says where files are only as far as it knows', () => {
      const { transport } = open()
      const paths = transport.pathsOf([new File([], 'known.png'), new File([], 'from-a-page.png')])
      expect(paths).toEqual(transport.knowsPaths ? ['/pictures/known.png'] : [])
    })
  })
}
