import { EventEmitter } from 'node:events'
import http from 'node:http'
import https from 'node:https'

export interface RequestOptions extends Record<string, unknown> {
  url?: string
  method?: string
  protocol?: string
  hostname?: string
  host?: string
  port?: number | string
  path?: string
  headers?: Record<string, string | string[]>
  redirect?: 'follow' | 'error' | 'manual'
}

const mostRedirects = 20

function addressOf({ url, protocol = 'http:', hostname, host, port, path = '/' }: RequestOptions): URL {
  if (url !== undefined) return new URL(url)
  const place = hostname ?? host ?? 'localhost'
  return new URL(path, `${protocol}//${place}${port ? `:${port}` : ''}`)
}

/** `net.request` over Node's own: which proxy and which certificates Electron would take is not shown. */
export class ClientRequest extends EventEmitter {
  private readonly method: string
  private readonly redirect: NonNullable<RequestOptions['redirect']>
  private readonly headers = new Map<string, string | string[]>()
  private readonly body: Buffer[] = []
  private address: URL
  private running: http.ClientRequest | undefined
  private redirectCount = 0
  private isAborted = false
  private goOn: (() => void) | undefined

  constructor(given: string | RequestOptions) {
    super()
    const options = typeof given === 'string' ? { url: given } : given
    this.method = options.method ?? 'GET'
    this.redirect = options.redirect ?? 'follow'
    this.address = addressOf(options)
    for (const [name, value] of Object.entries(options.headers ?? {})) this.setHeader(name, value)
  }

  setHeader(name: string, value: string | string[]): void {
    this.headers.set(name.toLowerCase(), value)
  }
  getHeader(name: string): string | string[] | undefined {
    return this.headers.get(name.toLowerCase())
  }
  removeHeader(name: string): void {
    this.headers.delete(name.toLowerCase())
  }
  write(chunk: string | Buffer): void {
    this.body.push(Buffer.from(chunk as string))
  }
  end(chunk?: string | Buffer): this {
    if (chunk !== undefined) this.write(chunk)
    this.send()
    return this
  }
  abort(): void {
    if (this.isAborted) return
    this.isAborted = true
    this.emit('abort')
    if (this.running) this.running.destroy()
    else this.emit('close')
  }
  private isWaiting(): boolean {
    return this.goOn !== undefined
  }
  followRedirect(): void {
    this.goOn?.()
  }

  private send(): void {
    const { request } = this.address.protocol === 'https:' ? https : http
    const headers = Object.fromEntries(this.headers)
    this.running = request(this.address, { method: this.method, headers }, response => this.receive(response))
    this.running.on('socket', socket => this.emit('socket', socket))
    this.running.on('error', error => !this.isAborted && this.emit('error', error))
    this.running.on('close', () => this.isAborted && this.emit('close'))
    this.running.end(Buffer.concat(this.body), () => this.emit('finish'))
  }

  private receive(response: http.IncomingMessage): void {
    const { statusCode = 0, headers } = response
    if (statusCode >= 300 && statusCode < 400 && headers.location) this.lead(response, headers.location)
    else {
      response.on('end', () => this.emit('close'))
      this.emit('response', response)
    }
  }

  /** Electron tells of it, and goes there unless it was aborted meanwhile. */
  private lead(response: http.IncomingMessage, location: string): void {
    response.resume()
    this.redirectCount += 1
    if (this.redirect === 'error')
      return void this.emit('error', new Error("Attempted to redirect, but redirect policy was 'error'"))
    if (this.redirectCount > mostRedirects) return void this.emit('error', new Error('net::ERR_TOO_MANY_REDIRECTS'))
    const next = new URL(location, this.address)
    this.goOn = () => {
      this.goOn = undefined
      this.address = next
      this.send()
    }
    this.emit('redirect', response.statusCode, this.method, next.href, response.headers)
    if (this.isAborted) return
    if (this.redirect === 'follow') this.followRedirect()
    else if (this.isWaiting()) this.abort()
  }
}
