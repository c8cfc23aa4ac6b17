import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallPicture, writeFiles } from '../support/drawn-folder.ts'
import { type RawAnswer, requestRaw, sendRaw } from '../support/raw-http.ts'
import { importFolder, type ServedApp, serveApp, token } from '../support/served-app.ts'

let served: ServedApp
let port: number

beforeAll(async () => {
  served = await serveApp()
  port = served.server.port
  const pictures = join(served.folder, 'pictures')
  await writeFiles(pictures, { 'one.jpg': await smallPicture(1), 'two.png': await smallPicture(2, 'png') })
  await importFolder(served, pictures, true)
})
afterAll(() => served?.close())

const bearer = { authorization: `Bearer ${token}` }
/** Everything a token is asked for. */
const guarded = [
  'GET /api',
  'GET /api/media',
  'GET /api/media/1',
  'GET /api/inngest/status',
  'GET /api/events',
  'GET /api/session',
  'GET /api/inngest/',
  'GET /api/no-such-thing',
  'POST /api/call/library.overview',
  'POST /api/call/no-such-call',
  'POST /api/drive/sync',
  'GET /media/1/thumbnail',
  'GET /media/1/preview',
  'GET /media/1/original',
  'GET /media/no-such-thing',
  'GET /media',
  'HEAD /api/media',
  'HEAD /media/1/original',
]

const ask = (route: string, headers: Record<string, string | null>): Promise<RawAnswer> => {
  const [method, path] = route.split(' ') as [string, string]
  return requestRaw(port, path, { method, headers })
}

describe('the token', () => {
  test.each(guarded)('%s is refused without the token, with a wrong one and with an empty one', async route => {
    const wrong = [
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${token}x` },
      { authorization: `Bearer ${token.slice(1)}` },
      { authorization: `Basic ${token}` },
      { cookie: `burg_ink_${port}=` },
      { cookie: `burg_ink_${port}=wrong` },
      { cookie: `burg_ink_1=${token}` },
    ]
    for (const headers of wrong) {
      const { status, body } = await ask(route, headers)
      expect({ headers, status }).toEqual({ headers, status: 401 })
      expect(body).not.toContain('one.jpg')
    }
  })

  test('in the address it is no key', async () => {
    expect((await requestRaw(port, `/api/media?token=${token}`)).status).toBe(401)
  })

  test('the shell and its assets need none, and hold no secret', async () => {
    const shell = await requestRaw(port, '/')
    expect(shell.status).toBe(200)
    expect(shell.body).toContain('<title>Burg Ink</title>')
    expect(shell.body).not.toContain(token)
    expect((await requestRaw(port, '/assets/index-abc.js')).status).toBe(200)
  })

  test('as a bearer it opens the API', async () => {
    expect((await ask('GET /api/media', bearer)).status).toBe(200)
    expect((await ask('GET /media/1/thumbnail', bearer)).status).toBe(200)
  })

  test('traded for a session it opens pictures and events, which can send no header', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/session`, {
      method: 'POST',
      body: JSON.stringify({ token }),
    })
    expect(answer.status).toBe(200)
    const setCookie = answer.headers.get('set-cookie') ?? ''
    expect(setCookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    const cookie = setCookie.split(';')[0] as string
    expect((await ask('GET /media/1/preview', { cookie })).status).toBe(200)
    const events = await openEvents(cookie)
    expect(events).toBe(200)
  })

  test.each([
    ['a wrong token', JSON.stringify({ token: 'wrong' })],
    ['an empty token', JSON.stringify({ token: '' })],
    ['no token', '{}'],
    ['a token that is no text', '{"token":{"length":22}}'],
    ['what is no JSON', '{"token":'],
    ['nothing', ''],
  ])('no session for %s', async (_what, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/session`, { method: 'POST', body })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })
})

describe('other pages', () => {
  const everywhere = ['GET /', 'GET /assets/index-abc.js', 'POST /api/session', 'POST /api/inngest', ...guarded]

  test.each(everywhere)('%s is refused to another origin and under another name, with the right token', async route => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://example.com' },
      { origin: 'null' },
      { origin: `https://127.0.0.1:${port}` },
      { origin: `http://127.0.0.1:${port + 1}` },
      { origin: 'http://127.0.0.1' },
      { origin: '' },
      { host: 'example.com' },
      { host: `example.com:${port}` },
      { host: `127.0.0.1.example.com:${port}` },
      { host: `localhost.example.com:${port}` },
      { host: '127.0.0.1' },
      { host: `[::1]:${port}` },
      { host: `0.0.0.0:${port}` },
      { host: `2130706433:${port}` },
      { host: `127.0.0.1:${port}@example.com` },
      { host: `example.com:${port}`, origin: `http://example.com:${port}` },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
    ]
    for (const headers of foreign) {
      const { status, body, headers: answered } = await ask(route, { ...bearer, ...headers })
      expect({ headers, isRefused: [400, 403, 421].includes(status) }).toEqual({ headers, isRefused: true })
      expect([...answered.keys()].filter(name => name.startsWith('access-control'))).toEqual([])
      expect(body).not.toMatch(/one\.jpg|doctype/)
    }
  })

  test('a missing, doubled or absolute name is no way around', async () => {
    const path = '/api/media'
    const auth = `authorization: Bearer ${token}`
    const requests = [
      `GET ${path} HTTP/1.1\r\n${auth}\r\nconnection: close\r\n\r\n`,
      `GET ${path} HTTP/1.0\r\n${auth}\r\n\r\n`,
      `GET ${path} HTTP/1.1\r\nhost: example.com\r\nhost: 127.0.0.1:${port}\r\n${auth}\r\nconnection: close\r\n\r\n`,
      `GET http://example.com${path} HTTP/1.1\r\nhost: example.com\r\n${auth}\r\nconnection: close\r\n\r\n`,
    ]
    for (const text of requests) {
      const { status, body } = await sendRaw(port, text)
      expect([400, 403, 421]).toContain(status)
      expect(body).not.toContain('one.jpg')
    }
  })

  test('a preflight is never granted', async () => {
    for (const path of ['/api/media', '/api/call/library.overview', '/api/session', '/media/1/original', '/']) {
      const asks = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }
      for (const origin of ['https://example.com', `http://127.0.0.1:${port}`]) {
        const { status, headers } = await ask(`OPTIONS ${path}`, { origin, ...asks })
        expect(status).toBeGreaterThanOrEqual(400)
        expect([...headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([])
      }
    }
  })

  test('a link from elsewhere opens the shell and nothing else', async () => {
    const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await ask('GET /', followed)).status).toBe(200)
    expect((await ask('GET /media/1/original', { ...followed, ...bearer })).status).toBe(403)
    expect((await ask('POST /', followed)).status).toBe(403)
  })

  test('the page itself is let in, by either name of this computer', async () => {
    const own = { ...bearer, 'sec-fetch-site': 'same-origin' }
    expect((await ask('GET /api/media', { ...own, origin: `http://127.0.0.1:${port}` })).status).toBe(200)
    const local = { host: `localhost:${port}`, origin: `http://localhost:${port}` }
    expect((await ask('GET /api/media', { ...own, ...local })).status).toBe(200)
    expect((await ask('GET /api/media', { ...bearer, 'sec-fetch-site': 'none' })).status).toBe(200)
  })
})

describe('paths', () => {
  const up = '../../../../../../../../..'
  const climbs = [
    `${up}/etc/passwd`,
    '../secret.txt',
    '..%2fsecret.txt',
    '%2e%2e/secret.txt',
    '%2e%2e%2fsecret.txt',
    '%252e%252e%252fsecret.txt',
    '..%255csecret.txt',
    '..\\secret.txt',
    '..%5csecret.txt',
    '..%00/secret.txt',
    'index.html%00.js',
    '%00',
    '/etc/passwd',
    '%2fetc%2fpasswd',
    'C:%5cwindows%5cwin.ini',
    '....//secret.txt',
    '..;/secret.txt',
    '%c0%ae%c0%ae/secret.txt',
    '%ff%fe',
    '%',
    '%zz',
  ]
  const places = [
    '/',
    '/assets/',
    '/api/media/',
    '/api/call/',
    '/media/',
    '/media/1/',
    '/media/1/original/',
    '/api/inngest/',
  ]

  test.each(places)('below %s no path leads out', async place => {
    for (const climb of climbs) {
      const { status, body } = await requestRaw(port, place + climb, { headers: bearer })
      expect({ climb, is: [400, 404, 401].includes(status) ? 'refused' : status }).toEqual({ climb, is: 'refused' })
      expect(body).not.toMatch(/nobody may read|root:|doctype/)
    }
    expect(served.reported).toEqual([])
  })

  test('what climbs and comes back to the page is no file of it', async () => {
    expect((await requestRaw(port, '/assets/../../page/index.html')).status).toBe(404)
    expect((await requestRaw(port, '//index.html')).status).toBe(404)
  })

  test('ids are numbers of pictures and nothing else', async () => {
    for (const id of [
      '0',
      '-1',
      '1.5',
      'NaN',
      'Infinity',
      '1e400',
      '99999999999999999999',
      '1/original',
      'one.jpg',
      '%20',
    ]) {
      expect({ id, status: (await requestRaw(port, `/media/${id}/preview`, { headers: bearer })).status }).toEqual({
        id,
        status: 404,
      })
      expect((await requestRaw(port, `/api/media/${id}`, { headers: bearer })).status).toBe(404)
    }
    for (const kind of ['constructor', '__proto__', 'Original', 'originals', 'preview.webp']) {
      expect((await requestRaw(port, `/media/1/${kind}`, { headers: bearer })).status).toBe(404)
    }
  })
})

describe('the engine endpoint', () => {
  test.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('%s is refused to everyone', async method => {
    for (const headers of [{}, bearer, { 'x-inngest-signature': 't=1&s=00' }, { 'x-inngest-server-kind': 'dev' }]) {
      const { status } = await requestRaw(port, '/api/inngest?fnId=burg-ink-import-file&stepId=step', {
        method,
        headers,
      })
      expect([401, 403]).toContain(status)
    }
  })
})

describe('what every answer carries', () => {
  const routes = [
    'GET /',
    'GET /assets/index-abc.js',
    'GET /nothing',
    'POST /api/inngest',
    'GET /media/1/preview',
    ...guarded,
  ]

  test.each(routes)('%s has the security headers, with and without the token', async route => {
    for (const headers of [{}, bearer, { ...bearer, origin: 'https://example.com' }, { host: 'example.com' }]) {
      if (route.includes('events') && 'authorization' in headers) continue
      const { headers: answered } = await ask(route, headers)
      expect(answered.get('x-content-type-options')).toBe('nosniff')
      expect(answered.get('referrer-policy')).toBe('no-referrer')
      expect(answered.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(answered.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(answered.get('content-security-policy')).toMatch(/default-src '(self|none)'/)
    }
  })

  test('the shell allows scripts of its own only, and nobody to frame it', async () => {
    const csp = (await requestRaw(port, '/')).headers.get('content-security-policy') ?? ''
    for (const part of ["script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(csp).toContain(part)
    }
    expect(csp).not.toContain('unsafe-eval')
  })
})

test.runIf(process.platform === 'linux')('only 127.0.0.1 is bound', async () => {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  const listening = async (file: string) =>
    (await readFile(file, 'utf8'))
      .split('\n')
      .map(line => line.trim().split(/\s+/))
      .filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${hexPort}`))
      .map(([, local]) => local)
  // Addresses are in the byte order of the machine.
  expect(await listening('/proc/net/tcp')).toEqual([`0100007F:${hexPort}`])
  expect(await listening('/proc/net/tcp6').catch(() => [])).toEqual([])
})

test('no other address of this computer answers', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap(addresses => addresses ?? [])
    .filter(({ address, scopeid }) => address !== '127.0.0.1' && !scopeid)
  for (const { address } of [...others, { address: '127.0.0.2' }]) {
    expect({ address, isRefused: await isRefused(address) }).toEqual({ address, isRefused: true })
  }
})

function isRefused(host: string): Promise<boolean> {
  return new Promise(resolve => {
    const asked = request({ host, port, path: '/', timeout: 2000 }, () => resolve(false))
    asked.on('error', () => resolve(true))
    asked.on('timeout', () => asked.destroy())
    asked.end()
  })
}

/** The status of the event stream, which is closed again. */
function openEvents(cookie: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/api/events', headers: { cookie } }, answer => {
      answer.destroy()
      resolve(answer.statusCode)
    })
    asked.on('error', reject)
    asked.end()
  })
}
