import { describe, expect, test } from 'vitest'
import { deriveBytes, plain, tiffWithTexts, withIptc, withSegment, xmpPacket } from '../../support/pictures.ts'

const grey = () => plain(40, 30, [120, 120, 120])

const exif = {
  IFD0: {
    Make: 'Canon',
    Model: 'Canon EOS R5',
    Artist: 'Kaethe Kollwitz',
    Copyright: '(c) 2019',
    ImageDescription: 'In the studio',
  },
  IFD2: { DateTimeOriginal: '2019:05:04 13:14:15', LensModel: 'RF50mm F1.2 L USM' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
}

const xmp = xmpPacket(`
  <dc:title><rdf:Alt><rdf:li xml:lang="de">Abend</rdf:li><rdf:li xml:lang="x-default">Evening – Žižkov 🌙</rdf:li></rdf:Alt></dc:title>
  <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Oil on linen&#10;second state</rdf:li></rdf:Alt></dc:description>
  <dc:subject><rdf:Bag><rdf:li>Oil</rdf:li><rdf:li>landscape</rdf:li><rdf:li>oil</rdf:li></rdf:Bag></dc:subject>
  <dc:creator><rdf:Seq><rdf:li>Anna Müller</rdf:li><rdf:li>Jan Novák</rdf:li></rdf:Seq></dc:creator>
  <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">CC BY</rdf:li></rdf:Alt></dc:rights>
  <xmp:Rating>4</xmp:Rating><xmp:CreateDate>2021-02-03T04:05:06+02:00</xmp:CreateDate>`)

const factsOfExif = {
  takenAt: '2019-05-04T13:14:15',
  artist: 'Kaethe Kollwitz',
  copyright: '(c) 2019',
  caption: 'In the studio',
  camera: 'Canon EOS R5',
  lens: 'RF50mm F1.2 L USM',
}

describe('EXIF', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('is read from %s', async format => {
    const { embedded } = await deriveBytes(await grey().withExif(exif)[format]().toBuffer())
    expect(embedded).toMatchObject(factsOfExif)
  })

  test('is read from tiff, UTF-8 included', async () => {
    const tiff = tiffWithTexts(
      16,
      { 270: 'In the studio', 271: 'Canon', 272: 'Canon EOS R5', 315: 'Käthe Kollwitz', 33432: '© 2019' },
      { 36867: '2019:05:04 13:14:15', 42036: 'RF50mm F1.2 L USM' },
    )
    const { embedded } = await deriveBytes(tiff)
    expect(embedded).toMatchObject({ ...factsOfExif, artist: 'Käthe Kollwitz', copyright: '© 2019' })
  })

  test('of the place is left out', async () => {
    const { embedded } = await deriveBytes(await grey().withExif(exif).jpeg().toBuffer())
    expect(JSON.stringify(embedded)).not.toMatch(/gps|latitude|51/i)
  })

  test.each([['0000:00:00 00:00:00'], ['2021:13:45 99:00:00'], ['yesterday']])('date %s is not a date', async date => {
    const { embedded } = await deriveBytes(
      await grey()
        .withExif({ IFD2: { DateTimeOriginal: date } })
        .jpeg()
        .toBuffer(),
    )
    expect(embedded.takenAt).toBeUndefined()
  })
})

describe('XMP', () => {
  test.each(['jpeg', 'png', 'webp', 'avif', 'tiff'] as const)('is read from %s', async format => {
    const { embedded } = await deriveBytes(await grey().withXmp(xmp)[format]().toBuffer())
    expect(embedded).toMatchObject({
      title: 'Evening – Žižkov 🌙',
      caption: 'Oil on linen\nsecond state',
      keywords: ['Oil', 'landscape'],
      artist: 'Anna Müller, Jan Novák',
      copyright: 'CC BY',
      rating: 4,
      takenAt: '2021-02-03T04:05:06',
    })
  })

  test('outranks EXIF in words, and the camera outranks it in the date', async () => {
    const { embedded } = await deriveBytes(await grey().withExif(exif).withXmp(xmp).jpeg().toBuffer())
    expect(embedded).toMatchObject({ artist: 'Anna Müller, Jan Novák', takenAt: '2019-05-04T13:14:15' })
  })

  test('of a writer that uses attributes is read', async () => {
    const packet = xmpPacket('').replace(
      'rdf:about=""',
      'rdf:about="" xmp:Rating="3" photoshop:DateCreated="2020-01-02"',
    )
    const { embedded } = await deriveBytes(await grey().withXmp(packet).jpeg().toBuffer())
    expect(embedded).toMatchObject({ rating: 3, takenAt: '2020-01-02T00:00:00' })
  })

  test('of a rejected picture (rating -1) gives no rating', async () => {
    const { embedded } = await deriveBytes(
      await grey().withXmp(xmpPacket('<xmp:Rating>-1</xmp:Rating>')).jpeg().toBuffer(),
    )
    expect(embedded.rating).toBeUndefined()
  })
})

describe('IPTC', () => {
  const records = (encoding: 'utf8' | 'latin1'): [number, Buffer][] => [
    [5, Buffer.from('Frühling', encoding)],
    [120, Buffer.from('Blüten am Wörthsee', encoding)],
    [25, Buffer.from('Öl', encoding)],
    [25, Buffer.from('Landschaft', encoding)],
    [80, Buffer.from('Jürgen Groß', encoding)],
    [55, Buffer.from('20180910')],
    [60, Buffer.from('111213+0200')],
  ]

  test.each([
    ['declared UTF-8', 'utf8', true],
    ['undeclared UTF-8', 'utf8', false],
    ['Latin-1', 'latin1', false],
  ] as const)('in %s is read', async (_, encoding, isDeclared) => {
    const jpeg = withIptc(await grey().jpeg().toBuffer(), records(encoding), isDeclared)
    const { embedded } = await deriveBytes(jpeg)
    expect(embedded).toMatchObject({
      title: 'Frühling',
      caption: 'Blüten am Wörthsee',
      keywords: ['Öl', 'Landschaft'],
      artist: 'Jürgen Groß',
      takenAt: '2018-09-10T11:12:13',
    })
  })

  test('and XMP keywords come together, each once', async () => {
    const jpeg = withIptc(await grey().withXmp(xmp).jpeg().toBuffer(), [
      [25, Buffer.from('OIL')],
      [25, Buffer.from('sky')],
    ])
    expect((await deriveBytes(jpeg)).embedded.keywords).toEqual(['Oil', 'landscape', 'sky'])
  })
})

test('a camera whose model does not repeat the maker gets both names', async () => {
  const jpeg = await grey()
    .withExif({ IFD0: { Make: 'FUJIFILM', Model: 'X-T4' } })
    .jpeg()
    .toBuffer()
  expect((await deriveBytes(jpeg)).embedded.camera).toBe('FUJIFILM X-T4')
})

test('the colour profile, depth and orientation of the file are named', async () => {
  const jpeg = await grey().withIccProfile('p3').withMetadata({ orientation: 6 }).jpeg().toBuffer()
  expect((await deriveBytes(jpeg)).embedded).toMatchObject({ orientation: 6, bitsPerSample: 8 })
  expect((await deriveBytes(await grey().withIccProfile('p3').png().toBuffer())).embedded.colourProfile).toMatch(/P3/)
})

test('title and description of a drawing are its title and caption', async () => {
  const content = '<title>Salt &amp; pepper</title><desc>Two\t\nlines</desc><g><title>layer 1</title></g>'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${content}</svg>`
  expect((await deriveBytes(svg)).embedded).toEqual({ keywords: [], title: 'Salt & pepper', caption: 'Two \nlines' })
})

describe('hostile metadata never fails a picture', () => {
  test('texts are cut, and control characters removed', async () => {
    const packet = xmpPacket(`<dc:title><rdf:Alt><rdf:li>${'x'.repeat(400_000)}</rdf:li></rdf:Alt></dc:title>
      <dc:description><rdf:Alt><rdf:li>one\u0085\u009b[31m two\uD83D</rdf:li></rdf:Alt></dc:description>
      <dc:subject><rdf:Bag>${'<rdf:li>k</rdf:li>'}${Array.from({ length: 5_000 }, (_, n) => `<rdf:li>k${n}</rdf:li>`).join('')}</rdf:Bag></dc:subject>`)
    const { embedded } = await deriveBytes(await grey().withXmp(packet).webp().toBuffer())
    expect(embedded.title).toHaveLength(300)
    expect(embedded.keywords).toHaveLength(200)
    expect(embedded.caption).toMatch(/^one\s+\[31m two/)
    expect(embedded.caption).not.toMatch(/(?!\n)\p{Cc}/u)
  })

  test.each([
    ['nested a hundred thousand deep', '<a>'.repeat(100_000)],
    [
      'of entities that multiply',
      xmpPacket('<dc:title>&z;</dc:title>').replace(
        '?><x:',
        '?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY z "&b;&b;&b;&b;&b;&b;">]><x:',
      ),
    ],
    [
      'that names a file',
      xmpPacket('<dc:title>&z;</dc:title>').replace(
        '?><x:',
        '?><!DOCTYPE a [<!ENTITY z SYSTEM "file:///etc/passwd">]><x:',
      ),
    ],
    [
      'with wrong types',
      xmpPacket(
        '<dc:title><rdf:Bag><rdf:li><dc:title rdf:parseType="Resource"><dc:b>1</dc:b></dc:title></rdf:li></rdf:Bag></dc:title><xmp:Rating><rdf:Seq/></xmp:Rating><dc:subject>x</dc:subject><dc:creator rdf:resource="q"/>',
      ),
    ],
    ['that is not XML', 'xpacket \0 <<<< &&&'],
  ])('XMP %s', async (_, packet) => {
    const { width, embedded } = await deriveBytes(await grey().withXmp(packet).webp().toBuffer())
    expect(width).toBe(40)
    expect(JSON.stringify(embedded)).not.toContain('root:')
  })

  test.each([
    ['EXIF that points outside itself', 0xe1, 'Exif\0\0MM\0*\x7f\xff\xff\xff'],
    [
      'EXIF with a directory that is its own next',
      0xe1,
      'Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08',
    ],
    [
      'EXIF with four billion values',
      0xe1,
      'Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x0e\0\x02\xff\xff\xff\xff\0\0\0\x08\0\0\0\0',
    ],
    ['IPTC that ends in a record', 0xed, 'Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\x7f\xff\x1c\x02\x05\xff\xff'],
  ])('%s', async (_, marker, content) => {
    const jpeg = withSegment(await grey().jpeg().toBuffer(), marker, Buffer.from(content, 'latin1'))
    expect((await deriveBytes(jpeg)).width).toBe(40)
  })
})
