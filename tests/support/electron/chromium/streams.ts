import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'

type Answer = (request: Request) => Promise<Response>

const answers = new Map<string, Answer>()
let listening: Promise<Server> | undefined

/**
 * Chromium's protocol takes whole bodies only. One that has to stream, as a video's, is fetched by Chromium from this server
 * instead, each once; the page does not see it.
 */
export async function addressOfStream(answer: Answer): Promise<string> {
  listening ??= listen()
  const { port } = (await listening).address() as AddressInfo
  const path = `/${crypto.randomUUID()}`
  answers.set(path, answer)
  return `http://127.0.0.1:${port}${path}`
}

function listen(): Promise<Server> {
  const server = createServer((incoming, response) => void serve(incoming, response))
  server.unref()
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)))
}

async function serve({ url = '', headers }: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const answer = answers.get(url)
  answers.delete(url)
  if (!answer) return void outgoing.writeHead(404).end()
  const ended = new AbortController()
  outgoing.on('close', () => ended.abort())
  const request = new Request('http://stream.invalid', {
    headers: headers as Record<string, string>,
    signal: ended.signal,
  })
  try {
    const { status, headers: own, body } = await answer(request)
    outgoing.writeHead(status, [...own].flat())
    if (!body) return void outgoing.end()
    const bytes = Readable.fromWeb(body as ReadableStream)
    bytes.on('error', () => outgoing.destroy()).pipe(outgoing)
  } catch (error) {
    console.error(error)
    outgoing.destroy()
  }
}
