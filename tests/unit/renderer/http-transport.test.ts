import { afterEach, describe, expect, it, vi } from 'vitest'
import { httpTransport } from '../../../src/renderer/src/lib/http-transport.ts'
import { SessionMissing } from '../../../src/renderer/src/lib/transport.ts'
import { describeTransportContract } from './transport.contract.ts'

afterEach(() => vi.unstubAllGlobals())

function answerWith(body: unknown, status = 200) {
  const fetched = vi.fn(async (_path: string, _init: RequestInit) => new Response(JSON.stringify(body), { status }))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

/** The browser's stream of events, which begins as soon as it is opened. */
class OpenEventSource extends EventTarget {
  static opened: OpenEventSource[] = []
  #isOpen = true

  constructor() {
    super()
    OpenEventSource.opened.push(this)
  }

  override addEventListener(...[name, listener]: Parameters<EventTarget['addEventListener']>): void {
    super.addEventListener(name, listener)
    if (name === 'ready') this.say('ready', '{}')
  }

  say(name: string, data: string): void {
    if (this.#isOpen) this.dispatchEvent(new MessageEvent(name, { data }))
  }

  close(): void {
    this.#isOpen = false
  }
}

describeTransportContract('HTTP', () => {
  OpenEventSource.opened = []
  vi.stubGlobal('EventSource', OpenEventSource)
  let fetched = answerWith({})
  return {
    transport: httpTransport,
    answer: reply => {
      fetched = answerWith(reply)
    },
    asked: () => {
      const [path, init] = fetched.mock.calls.at(-1) ?? ['', {}]
      return { name: path.replace('/api/call/', ''), input: JSON.parse(String(init.body)) }
    },
    say: (name, data) => {
      for (const source of OpenEventSource.opened) source.say(name, JSON.stringify(data))
    },
  }
})

it('says when there is no session', async () => {
  answerWith('Open the address', 401)
  await expect(httpTransport.call('settings.get', {})).rejects.toBeInstanceOf(SessionMissing)
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
