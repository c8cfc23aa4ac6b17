import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { schemeOf } from '../chromium/addresses.ts'
import { host } from '../host.ts'
import { refuseUnknown, strict } from '../strict.ts'

type Answer = (request: Request) => Response | Promise<Response>

const builtIn = new Set(['http', 'https', 'file'])
const privileges = new Set(['standard', 'secure', 'stream', 'supportFetchAPI', 'corsEnabled', 'codeCache'])

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]) {
    if (host.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges: own = {} } of schemes) {
      const wanted = Object.fromEntries(Object.entries(own).filter(([, isWanted]) => isWanted))
      refuseUnknown('privileges', wanted, privileges)
      host.schemes.set(scheme, own)
    }
  },
  handle(scheme: string, answer: Answer) {
    if (!host.isReady) throw new Error('protocol.handle can only be used when app is ready')
    if (host.answers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    host.answers.set(scheme, answer)
  },
  unhandle(scheme: string) {
    if (!host.answers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
  },
  isProtocolHandled: (scheme: string) => host.answers.has(scheme) || builtIn.has(scheme),
} satisfies Partial<Electron.Protocol>)

type Options = RequestInit & { bypassCustomProtocolHandlers?: boolean }

/** `net.fetch`: schemes of the program are answered by it, and files are read, both unlike with Node's own. */
export async function fetchAny(input: string | URL | Request, options: Options = {}): Promise<Response> {
  const { bypassCustomProtocolHandlers, ...init } = options
  const url = input instanceof Request ? input.url : String(input)
  const answer = bypassCustomProtocolHandlers ? undefined : host.answers.get(schemeOf(url))
  if (answer) return answer(new Request(input, init))
  if (schemeOf(url) === 'file') return new Response(await readFile(fileURLToPath(url)))
  return fetch(input, init)
}
