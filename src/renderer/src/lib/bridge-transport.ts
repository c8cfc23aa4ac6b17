import type { Bridge } from '../../../shared/bridge.ts'
import { type EventName, events } from './contract.ts'
import { type LiveListener, parseEvent, parseReply, type Transport } from './transport.ts'

declare global {
  /** Only in a window of our own. */
  var burgInk: Bridge | undefined
}

export function createBridgeTransport(bridge: Bridge): Transport {
  return {
    open: async () => {},
    call: async (name, input) => parseReply(name, await bridge.call(name, input)),
    keepsOrder: true,
    subscribe: listener => subscribe(bridge, listener),
    mediaUrl: (id, kind, version) => `media://library/${id}/${kind}?v=${encodeURIComponent(version)}`,
    knowsPaths: true,
    pathsOf: files => files.map(file => bridge.pathOf(file)).filter(path => path !== ''),
  }
}

/** The app is there as long as the window is: what it says never breaks off. */
function subscribe(bridge: Bridge, listener: LiveListener): () => void {
  const end = bridge.hear(event => {
    const { name, data } = event as { name: EventName; data: unknown }
    if (Object.hasOwn(events, name)) listener.onEvent(parseEvent(name, data))
  })
  listener.onConnection('open')
  listener.onReady()
  return end
}
