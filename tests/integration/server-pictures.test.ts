import { readdirSync, readlinkSync } from 'node:fs'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { badFiles, smallPicture, writeFiles } from '../support/drawn-folder.ts'
import { requestRaw } from '../support/raw-http.ts'
import { importFolder, type ServedApp, serveApp, serveAppForTest, token } from '../support/served-app.ts'

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><script>alert(1)</script><rect width="40" height="40"/></svg>`

let served: ServedApp
let jpeg: Buffer
let id: number
let version: string

async function idOf(filename: string): Promise<{ id: number; version: string }> {
  const page = { filter: {}, sort: 'name' as const, after: null, limit: 100 }
  const { items } = await served.call('media.page', page)
  const tile = items.find(item => item.filename === filename)
  if (!tile) throw new Error(`${filename} is not in the library`)
  return tile
}

beforeAll(async () => {
  served = await serveApp()
  jpeg = await smallPicture(1, 'jpeg', 400)
  const { 'bad/cut short.jpg': cutShort } = await badFiles()
  await writeFiles(join(served.folder, 'pictures'), {
    'one.jpg': jpeg,
    'drawing.svg': svg,
    "it's (a) ünïcödé *name*.png": await smallPicture(2, 'png'),
    'broken.jpg': cutShort?.bytes as Buffer,
    // Larger than what is read at once.
    'large.tiff': Buffer.concat([await smallPictureAsTiff(), Buffer.alloc(5_000_000)]),
  })
  await importFolder(served, join(served.folder, 'pictures'))
  ;({ id, version } = await idOf('one.jpg'))
})
afterAll(() => served?.close())

async function smallPictureAsTiff(): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  return sharp(await smallPicture(3))
    .tiff()
    .toBuffer()
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

describe('ranges', () => {
  const ask = (range: string, more: Record<string, string> = {}) =>
    served.get(`/media/${id}/original`, { range, ...more })

  test.each([
    ['the first bytes', 'bytes=0-9', 0, 10],
    ['one byte', 'bytes=5-5', 5, 6],
    ['from the middle on', 'bytes=100-', 100, undefined],
    ['the last bytes', 'bytes=-20', -20, undefined],
    ['more than there is', 'bytes=100-99999999', 100, undefined],
    ['a longer end than there is', 'bytes=-99999999', 0, undefined],
  ])('%s', async (_what, range, start, end) => {
    const answer = await ask(range)
    const expected = jpeg.subarray(start, end)
    expect(answer.status).toBe(206)
    expect(await bytesOf(answer)).toEqual(expected)
    const first = jpeg.length - jpeg.subarray(start).length
    expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${first + expected.length - 1}/${jpeg.length}`)
    expect(answer.headers.get('content-length')).toBe(String(expected.length))
    expect(answer.headers.get('accept-ranges')).toBe('bytes')
  })

  test.each(['bytes=99999999-', 'bytes=-0'])('%s cannot be had', async range => {
    const answer = await ask(range)
    expect(answer.status).toBe(416)
    expect(answer.headers.get('content-range')).toBe(`bytes */${jpeg.length}`)
    expect(await bytesOf(answer)).toHaveLength(0)
  })

  test.each(['bytes=0-1,5-6', 'bytes=9-5', 'bytes=-', 'bytes=a-b', 'bytes 0-1', 'lines=0-1', 'bytes=0-1-2', ''])(
    'several ranges or none (%j) give the whole file',
    async range => {
      const answer = await ask(range)
      expect(answer.status).toBe(200)
      expect(await bytesOf(answer)).toEqual(jpeg)
    },
  )

  test('of other bytes than before are the whole file', async () => {
    const etag = (await ask('bytes=0-9')).headers.get('etag') as string
    expect((await ask('bytes=0-9', { 'if-range': etag })).status).toBe(206)
    expect((await ask('bytes=0-9', { 'if-range': '"another"' })).status).toBe(200)
    expect((await ask('bytes=0-9', { 'if-range': 'Mon, 01 Jan 2024 00:00:00 GMT' })).status).toBe(200)
  })

  test('of a file too large to be read at once', async () => {
    const large = await readFile(join(served.folder, 'pictures', 'large.tiff'))
    const { id: largeId } = await idOf('large.tiff')
    const whole = await served.get(`/media/${largeId}/original`)
    expect(whole.headers.get('content-length')).toBe(String(large.length))
    expect((await bytesOf(whole)).equals(large)).toBe(true)
    const part = await served.get(`/media/${largeId}/original`, { range: 'bytes=1000-3500000' })
    expect((await bytesOf(part)).equals(large.subarray(1000, 3_500_001))).toBe(true)
  })
})

test('HEAD answers as GET does, without the bytes', async () => {
  for (const headers of [{}, { range: 'bytes=0-9' }, { range: 'bytes=99999999-' }] as Record<string, string>[]) {
    const auth = { authorization: `Bearer ${token}`, ...headers }
    const head = await requestRaw(served.server.port, `/media/${id}/original`, { method: 'HEAD', headers: auth })
    const get = await requestRaw(served.server.port, `/media/${id}/original`, { headers: auth })
    expect(head.status).toBe(get.status)
    expect(head.body).toBe('')
    for (const name of ['content-type', 'content-length', 'content-range', 'etag', 'cache-control']) {
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)])
    }
  }
})

describe('caching', () => {
  test.each(['thumbnail', 'preview', 'original'])('%s with its version is kept for ever', async kind => {
    const answer = await served.get(`/media/${id}/${kind}?v=${version}`)
    expect(answer.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
  })

  test.each(['', '?v=', '?v=another', '?v=%00'])('with the version %j it is asked for again', async query => {
    const answer = await served.get(`/media/${id}/thumbnail${query}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
  })

  test('who has the bytes already gets none', async () => {
    const etag = (await served.get(`/media/${id}/preview`)).headers.get('etag') as string
    const again = await served.get(`/media/${id}/preview`, { 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect((await served.get(`/media/${id}/preview`, { 'if-none-match': '"another"' })).status).toBe(200)
    expect((await served.get(`/media/${id}/thumbnail`, { 'if-none-match': etag })).status).toBe(200)
  })

  test('the shell is asked for again, its assets are kept for ever', async () => {
    expect((await served.get('/')).headers.get('cache-control')).toBe('no-cache')
    const asset = await served.get('/assets/index-abc.js')
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })
})

test('every kind has its type and its name for "save as"', async () => {
  const { id: odd } = await idOf("it's (a) ünïcödé *name*.png")
  const original = await served.get(`/media/${odd}/original`)
  expect(original.headers.get('content-type')).toBe('image/png')
  const encoded = 'it%27s%20%28a%29%20%C3%BCn%C3%AFc%C3%B6d%C3%A9%20%2aname%2a.png'
  expect(original.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${encoded}`)
  const preview = await served.get(`/media/${odd}/preview`)
  expect(preview.headers.get('content-type')).toBe('image/webp')
  expect(preview.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${encoded}.webp`)
})

test('an SVG opened by itself can run nothing and load nothing', async () => {
  const { id: drawing } = await idOf('drawing.svg')
  const answer = await served.get(`/media/${drawing}/original`)
  expect(await answer.text()).toBe(svg)
  expect(answer.headers.get('content-type')).toBe('image/svg+xml')
  const directives = (answer.headers.get('content-security-policy') ?? '').split('; ')
  expect(directives).toContain("default-src 'none'")
  expect(directives).toContain('sandbox')
  expect(directives.some(directive => directive.startsWith('script-src'))).toBe(false)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test('what failed has no preview, but its original can be looked at', async () => {
  const { id: broken } = await idOf('broken.jpg')
  expect((await served.get(`/media/${broken}/preview`)).status).toBe(404)
  expect((await served.get(`/media/${broken}/original`)).status).toBe(200)
})

describe('what happens on the disk meanwhile', () => {
  test('an original or a preview that is gone is not found', async () => {
    const { app, folder, get } = await serveAppForTest()
    await writeFiles(join(folder, 'pictures'), { 'one.jpg': jpeg })
    await importFolder({ app }, join(folder, 'pictures'))
    await rm(join(folder, 'pictures', 'one.jpg'))
    await rm(join(folder, 'library', 'previews'), { recursive: true })
    for (const kind of ['original', 'preview', 'thumbnail']) expect((await get(`/media/1/${kind}`)).status).toBe(404)
  })

  test.skipIf(process.platform === 'win32')('a link put in the place of an original leads nowhere', async () => {
    const { app, folder, get } = await serveAppForTest()
    const pictures = join(folder, 'pictures')
    await writeFiles(pictures, { 'one.jpg': jpeg, 'deep/two.jpg': await smallPicture(2) })
    await importFolder({ app }, pictures)
    const { items } = await app.handlers['media.page']({ filter: {}, sort: 'name', after: null, limit: 10 })
    await rm(join(pictures, 'one.jpg'))
    await symlink(join(folder, 'secret.txt'), join(pictures, 'one.jpg'))
    await rename(join(pictures, 'deep'), join(folder, 'elsewhere'))
    await writeFile(join(folder, 'elsewhere', 'two.jpg'), 'nobody may read this')
    await symlink(join(folder, 'elsewhere'), join(pictures, 'deep'))
    expect(items).toHaveLength(2)
    for (const item of items) {
      const answer = await get(`/media/${item.id}/original`)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toContain('nobody')
    }
  })

  test('a folder in the place of an original is not found', async () => {
    const { app, folder, get } = await serveAppForTest()
    const picture = join(folder, 'pictures', 'one.jpg')
    await writeFiles(join(folder, 'pictures'), { 'one.jpg': jpeg })
    await importFolder({ app }, join(folder, 'pictures'))
    await rm(picture)
    await mkdir(picture)
    expect((await get('/media/1/original')).status).toBe(404)
  })
})

test.runIf(process.platform === 'linux')('a download that is broken off leaves no file open', async () => {
  const { id: largeId } = await idOf('large.tiff')
  const openLarge = () =>
    readdirSync('/proc/self/fd').filter(fd => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).endsWith('large.tiff')
      } catch {
        return false
      }
    }).length
  for (let i = 0; i < 5; i += 1) {
    await new Promise<void>((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: served.server.port,
          path: `/media/${largeId}/original`,
          headers: { authorization: `Bearer ${token}` },
        },
        answer => answer.once('data', () => answer.destroy()).once('close', resolve),
      )
      asked.on('error', reject)
      asked.end()
    })
  }
  await expect.poll(openLarge).toBe(0)
  expect(served.reported).toEqual([])
})
