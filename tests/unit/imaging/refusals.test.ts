import { once } from 'node:events'
import { chmod, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ImagingOptions, PictureRefused } from '../../../src/main/imaging/index.ts'
import { deriveBytes, hills, makeFolder, openImaging, plain, targetsIn } from '../../support/pictures.ts'

/** How a file of these bytes is refused. Fails when it is not. */
async function refusalOf(bytes: Buffer | string, options?: ImagingOptions): Promise<PictureRefused> {
  const error = await deriveBytes(bytes, options).then(
    () => expect.fail('the picture was derived'),
    (error: Error) => error,
  )
  expect(error).toBeInstanceOf(PictureRefused)
  return error as PictureRefused
}

test('an empty file is refused as empty', async () => {
  expect(await refusalOf('')).toMatchObject({
    code: 'empty',
    message: 'The file is empty. Restore it from a backup or its source, then retry.',
  })
})

describe('what is no picture is refused by its content', () => {
  test.each([
    ['text', 'Dear Theo, today I painted.'],
    ['HTML with a drawing inside', '<html><body><svg xmlns="http://www.w3.org/2000/svg"/></body></html>'],
    ['zeros', Buffer.alloc(10_000)],
    ['a format sharp has and Burg Ink does not', Buffer.from('P6 2 2 255 aaaaaaaaaaaa')],
  ])('%s', async (_, bytes) => {
    expect(await refusalOf(bytes)).toMatchObject({
      code: 'unsupported-format',
      message: 'The file holds a format Burg Ink cannot read yet.',
    })
  })

  test.each([
    ['Photoshop', Buffer.from('8BPS\0\x01\0\0\0\0\0\0')],
    ['PDF', Buffer.from('%PDF-1.7\n')],
    ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['sound', Buffer.from('\0\0\0\x18ftypM4A \0\0\0\0M4A isom', 'latin1')],
  ])('%s, by name', async (name, bytes) => {
    const refusal = await refusalOf(bytes)
    expect(refusal.code).toBe('unsupported-format')
    expect(refusal.message).toBe(`This is a ${name} file, a format Burg Ink cannot read yet.`)
  })
})

describe('a picture that breaks off is refused as corrupt', () => {
  const formats = ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const

  test.each(formats.flatMap(format => [0.3, 0.6, 0.95].map(part => [format, part] as const)))(
    '%s at %f',
    async (format, part) => {
      const whole = await hills(500, 400, 3)[format]().toBuffer()
      const refusal = await refusalOf(whole.subarray(0, Math.floor(whole.length * part)))
      expect(refusal.code).toBe('corrupt')
      expect(refusal.message).toMatch(/^The picture (is damaged|breaks off).*Restore it from a backup, then retry\.$/)
      expect(refusal.cause).toBeInstanceOf(Error)
    },
  )

  test.each(formats)('%s after a few bytes', async format => {
    const whole = await hills(50, 40, 3)[format]().toBuffer()
    expect((await refusalOf(whole.subarray(0, 40))).code).toBe('corrupt')
  })

  test('a JPEG whose missing end was closed with a marker', async () => {
    const whole = await hills(500, 400, 3).jpeg().toBuffer()
    const closed = Buffer.concat([whole.subarray(0, whole.length / 2), Buffer.from([0xff, 0xd9])])
    expect((await refusalOf(closed)).code).toBe('corrupt')
  })

  test('a PNG with a changed byte', async () => {
    const png = await hills(200, 200, 3).png().toBuffer()
    png[png.length >> 1] = (png[png.length >> 1] as number) ^ 0xff
    expect((await refusalOf(png)).code).toBe('corrupt')
  })

  test('nothing is left in the folder of the previews', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, 'original'), (await hills(500, 400, 3).png().toBuffer()).subarray(0, 5_000))
    await expect(openImaging().derive(join(folder, 'original'), targetsIn(folder))).rejects.toThrow(PictureRefused)
    expect(await readdir(folder)).toEqual(['original'])
  })
})

/** A PNG that claims a size and holds next to nothing. */
function pngOfSize(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync('')),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

describe('limits', () => {
  test('a picture with more pixels is refused before it is decoded, and says how many', async () => {
    expect(await refusalOf(pngOfSize(60_000, 15_000))).toMatchObject({
      code: 'too-many-pixels',
      message: 'The picture has 900 megapixels; Burg Ink opens up to 512.',
    })
  })

  test('the limit can be another one', async () => {
    const bytes = await plain(2_000, 1_000, [9, 9, 9]).png().toBuffer()
    expect((await refusalOf(bytes, { limits: { pixels: 1_000_000 } })).message).toContain(
      'has 2 megapixels; Burg Ink opens up to 1.',
    )
  })

  test('a drawing that takes too long is stopped, and the next one is derived', async () => {
    const filter = '<filter id="f" x="0" y="0" width="1" height="1"><feGaussianBlur stdDeviation="900"/></filter>'
    const nested = `${'<g filter="url(#f)">'.repeat(60)}<rect width="900" height="900"/>${'</g>'.repeat(60)}`
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900">${filter}${nested}</svg>`
    const folder = await makeFolder()
    await writeFile(join(folder, 'slow'), svg)
    await writeFile(join(folder, 'good'), await plain(10, 10, [9, 9, 9]).png().toBuffer())
    const imaging = openImaging({ cores: 1, limits: { timeoutMs: 1_000 } })
    const slow = imaging.derive(join(folder, 'slow'), targetsIn(folder, 'slow')).catch((error: Error) => error)
    const good = imaging.derive(join(folder, 'good'), targetsIn(folder, 'good'))
    expect(await slow).toMatchObject({ name: 'PictureRefused', code: 'too-slow' })
    expect(await good).toMatchObject({ width: 10 })
  })

  test('a drawing that is a very large file is refused with its size', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!--${' '.repeat(3 * 2 ** 20)}--></svg>`
    const refusal = await refusalOf(svg, { limits: { svgBytes: 2 ** 20 } })
    expect(refusal).toMatchObject({
      code: 'too-much-memory',
      message: 'The drawing is a file of 3 MiB; Burg Ink draws SVG files up to 1 MiB.',
    })
  })
})

describe('a file that cannot be opened', () => {
  test('because it is gone is refused as vanished', async () => {
    const folder = await makeFolder()
    const error = await openImaging()
      .derive(join(folder, 'gone.png'), targetsIn(folder))
      .catch((error: Error) => error)
    expect(error).toMatchObject({ name: 'PictureRefused', code: 'vanished' })
  })

  test('because it is a folder is refused as unreadable', async () => {
    const folder = await makeFolder()
    const error = await openImaging()
      .derive(folder, targetsIn(folder))
      .catch((error: Error) => error)
    expect(error).toMatchObject({ name: 'PictureRefused', code: 'unreadable' })
  })

  // Root may read everything.
  test.skipIf(process.getuid?.() === 0)('because it is locked is refused as unreadable', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, 'locked.png'), await plain(10, 10, [1, 2, 3]).png().toBuffer())
    await chmod(join(folder, 'locked.png'), 0)
    const error = await openImaging()
      .derive(join(folder, 'locked.png'), targetsIn(folder))
      .catch((error: Error) => error)
    expect(error).toMatchObject({ name: 'PictureRefused', code: 'unreadable' })
  })
})

describe('an SVG', () => {
  const svg = (attributes: string, content: string, doctype = '') =>
    `<?xml version="1.0"?>${doctype}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${content}</svg>`
  const green = '<rect width="100%" height="100%" fill="#00a000"/>'

  test('is drawn with its long side at the size of the preview, and keeps its own size as fact', async () => {
    const { targets, ...picture } = await deriveBytes(svg('width="100" height="50"', green))
    expect(picture).toMatchObject({ format: 'svg', mimeType: 'image/svg+xml', width: 100, height: 50 })
    expect(await sharp(targets.preview).metadata()).toMatchObject({ width: 2048, height: 1024 })
    expect(await sharp(targets.thumbnail).metadata()).toMatchObject({ width: 512, height: 256 })
  })

  test.each([
    [
      'comments and a doctype before its root',
      `<!-- drawn by hand --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd">`,
    ],
    ['entities in its doctype', '<!DOCTYPE svg [<!ENTITY ns "http://example.org/">]>'],
  ])('with %s is known as one', async (_, doctype) => {
    expect(await deriveBytes(svg('width="10" height="10"', green, doctype))).toMatchObject({ format: 'svg' })
  })

  test('of an absurd size is drawn no larger than any other', async () => {
    const { targets } = await deriveBytes(svg('width="100000" height="50000" viewBox="0 0 10 5"', green))
    expect(await sharp(targets.preview).metadata()).toMatchObject({ width: 2048, height: 1024 })
  })

  test.each([
    ['no size', 'width="0" height="0"'],
    ['a size beyond numbers', 'width="1e30" height="1e30"'],
  ])('with %s is refused as corrupt', async (_, attributes) => {
    expect((await refusalOf(svg(attributes, green))).code).toBe('corrupt')
  })

  test('whose entities multiply is refused', async () => {
    const names = 'abcdefghij'
    const entities = [...names.slice(1)].map((name, index) => `<!ENTITY ${name} "${`&${names[index]};`.repeat(10)}">`)
    const doctype = `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${entities.join('')}]>`
    expect((await refusalOf(svg('width="10" height="10"', '<text y="9">&j;</text>', doctype))).code).toBe('corrupt')
  })

  test('whose references multiply is refused', async () => {
    const level = (index: number) => `<g id="g${index}">${`<use xlink:href="#g${index - 1}"/>`.repeat(10)}</g>`
    const levels = Array.from({ length: 8 }, (_, index) => level(index + 1)).join('')
    const bomb = `<defs><g id="g0"><rect width="1" height="1"/></g>${levels}</defs><use xlink:href="#g8"/>`
    expect((await refusalOf(svg('width="10" height="10"', bomb))).code).toBe('corrupt')
  })

  /** A white ground, what is to be tried on it, and whether anything but white came out. */
  async function drawsAnything(content: string, doctype = ''): Promise<boolean> {
    const ground = '<rect width="100%" height="100%" fill="#fff"/>'
    const { palette } = await deriveBytes(svg('width="100" height="100"', ground + content, doctype))
    return palette.some(({ name }) => name !== 'white')
  }

  test('shows a picture it carries itself', async () => {
    const bytes = (await plain(10, 10, [200, 0, 0]).png().toBuffer()).toString('base64')
    expect(await drawsAnything(`<image width="100" height="100" xlink:href="data:image/png;base64,${bytes}"/>`)).toBe(
      true,
    )
  })

  test('reads no file', async () => {
    const folder = await makeFolder()
    const secret = join(folder, 'secret.png')
    await writeFile(secret, await plain(10, 10, [200, 0, 0]).png().toBuffer())
    await writeFile(
      join(folder, 'secret.svg'),
      svg('width="100" height="100"', '<g id="g"><rect width="100" height="100" fill="red"/></g>'),
    )
    await writeFile(join(folder, 'secret.txt'), 'secret')
    const image = (href: string) => `<image width="100" height="100" xlink:href="${href}" href="${href}"/>`
    expect(await drawsAnything(image(`file://${secret}`))).toBe(false)
    expect(await drawsAnything(image(secret))).toBe(false)
    expect(await drawsAnything(image('secret.png'))).toBe(false)
    expect(await drawsAnything(`<use xlink:href="file://${folder}/secret.svg#g"/>`)).toBe(false)
    const doctype = `<!DOCTYPE svg [<!ENTITY secret SYSTEM "file://${folder}/secret.txt">]>`
    expect(await drawsAnything('<text y="60" font-size="60">&secret;</text>', doctype).catch(() => false)).toBe(false)
    const include = `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file://${folder}/secret.txt"/>`
    expect(await drawsAnything(`<text y="60" font-size="60">${include}</text>`).catch(() => false)).toBe(false)
    expect(await drawsAnything(`<style>@import url("file://${folder}/secret.css");</style>`)).toBe(false)
  })

  test('asks no server', async () => {
    let requests = 0
    const server = createServer((_, response) => {
      requests += 1
      response.end()
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const content = `
      <style>@import url("${address}/style.css"); rect { fill: url("${address}/paint.svg#p") }</style>
      <image width="50" height="50" xlink:href="${address}/one.png"/><image width="50" height="50" href="${address}/two.png"/>
      <use xlink:href="${address}/three.svg#g"/><feImage xlink:href="${address}/four.png"/>`
    const doctype = `<!DOCTYPE svg SYSTEM "${address}/svg.dtd" [<!ENTITY e SYSTEM "${address}/entity"><!ENTITY % p SYSTEM "${address}/parameter"> %p;]>`
    await deriveBytes(svg('width="100" height="100"', content, doctype)).catch(() => {})
    await deriveBytes(svg('width="100" height="100"', `${content}<text>&e;</text>`, doctype)).catch(() => {})
    await deriveBytes(svg('width="100" height="100"', content)).catch(() => {})
    expect(requests).toBe(0)
    // The server can count.
    await fetch(address)
    expect(requests).toBe(1)
  })
})
