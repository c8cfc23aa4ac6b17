import { strict } from '../strict.ts'
import { ClientRequest, type RequestOptions } from './net-request.ts'
import { fetchAny } from './protocol.ts'

export const net = strict('net', {
  fetch: fetchAny,
  request: (options: string | RequestOptions) => strict('ClientRequest', new ClientRequest(options)),
  isOnline: () => true,
  get online() {
    return true
  },
})
