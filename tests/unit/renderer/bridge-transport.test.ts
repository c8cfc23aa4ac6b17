import { createBridgeTransport } from '../../../src/renderer/src/lib/bridge-transport.ts'
import type { Bridge } from '../../../src/shared/bridge.ts'
import { describeTransportContract } from './transport.contract.ts'

describeTransportContract('the bridge of a window', () => {
  const listeners = new Set<(event: unknown) => void>()
  let reply: unknown
  let last = { name: '', input: undefined as unknown }
  const bridge: Bridge = {
    call: async (name, input) => {
      last = { name, input }
      return reply
    },
    hear: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    pathOf: file => (file.name === 'known.png' ? '/pictures/known.png' : ''),
  }
  return {
    transport: createBridgeTransport(bridge),
    answer: next => {
      reply = next
    },
    asked: () => last,
    say: (name, data) => {
      for (const listener of listeners) listener({ name, data })
    },
  }
})
