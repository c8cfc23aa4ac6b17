import { execFileSync } from 'node:child_process'
import { mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSidecarReader } from '../../../src/main/publishing/index.ts'
import { sidecarDocument } from '../../../src/main/publishing/sidecars/document.ts'
import { type PictureOnDisk, readSidecarsBeside } from '../../../src/main/publishing/sidecars/find-sidecars.ts'
import { readSidecarDocument } from '../../../src/main/publishing/sidecars/read-document.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const fixture = (name: string) => readFile(join(import.meta.dirname, `../../support/sidecars/${name}.xmp`), 'utf8')

/** A document of one description, with these attributes and elements. */
const documentOf = (inner: string, attributes = '') =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
   <r:Description r:about="" xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:p="http://ns.adobe.com/xap/1.0/"
     xmlns:k="http://www.digikam.org/ns/1.0/" xmlns:h="http://ns.adobe.com/lightroom/1.0/" ${attributes}>${inner}</r:Description>
   </r:RDF></x:xmpmeta>`

const wordsOf = (inner: string, attributes?: string) => readSidecarDocument(documentOf(inner, attributes)).words

/** Beside a picture in a folder of its own. */
async function beside(files: Record<string, string | Buffer>, more: Partial<PictureOnDisk> = {}) {
  const folder = await makeTempFolder('beside')
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  return readSidecarsBeside({ folder, filename: 'barn.jpg', hasNamesake: false, ...more })
}

test('what digiKam wrote is read', async () => {
  expect(readSidecarDocument(await fixture('digikam'))).toEqual({
    words: {
      title: 'Bridge in the morning',
      description: 'The bridge over the Saône,\nbefore the market.',
      tags: ['Lyon', 'Ink'],
      rating: 4,
      flag: 'picked',
      label: 'green',
    },
    forExtension: null,
  })
})

test('what Lightroom wrote is read, also where its labels are German', async () => {
  expect(readSidecarDocument(await fixture('lightroom'))).toEqual({
    words: {
      title: 'Orchard',
      tags: ['apple', 'orchard', 'trees'],
      rating: 2,
      flag: 'picked',
      label: 'red',
      creator: 'Ada Bell',
      rights: '© Ada Bell',
    },
    forExtension: 'PNG',
  })
})

test('what Burg Ink writes comes back as it was, with separators in tags and stars of the rejected', () => {
  const facts = {
    title: 'A <barn> & "x"',
    description: 'one\ntwo',
    tags: ['black/white', 'a|b', 'ink'],
    creator: 'Ada',
    rights: '© Ada',
    ending: 'jpg',
    source: 'folder',
    sourceId: 'barn.jpg',
    sha256: null,
  }
  const { tags, title, description, creator, rights } = facts
  const same = { title, description, tags, creator, rights }
  const back = (marks: Pick<Parameters<typeof sidecarDocument>[0], 'rating' | 'flag' | 'label'>) =>
    readSidecarDocument(sidecarDocument({ ...facts, ...marks })).words
  expect(back({ rating: 4, flag: 'rejected', label: 'purple' })).toEqual({
    ...same,
    rating: 4,
    flag: 'rejected',
    label: 'purple',
  })
  expect(back({ rating: 0, flag: 'picked', label: null })).toEqual({ ...same, rating: 0, flag: 'picked' })
  expect(back({ rating: null, flag: null, label: null })).toEqual(same)
})

test('every form of RDF says the same', () => {
  const asElement = '<p:Rating>3</p:Rating>'
  const qualified = '<p:Rating r:parseType="Resource"><r:value>3</r:value></p:Rating>'
  const inner = '<p:Rating><r:Description><r:value>3</r:value></r:Description></p:Rating>'
  for (const words of [wordsOf(asElement), wordsOf(qualified), wordsOf(inner), wordsOf('', 'p:Rating="3"')]) {
    expect(words).toEqual({ tags: [], rating: 3 })
  }
  expect(wordsOf('<d:title>Barn</d:title>').title).toBe('Barn')
  expect(
    wordsOf('<d:title><r:Alt><r:li xml:lang="fr">Grange</r:li><r:li xml:lang="en-GB">Barn</r:li></r:Alt></d:title>')
      .title,
  ).toBe('Barn')
  expect(wordsOf('<d:description><r:Alt><r:li><![CDATA[a < b]]></r:li></r:Alt></d:description>').description).toBe(
    'a < b',
  )
})

test.each([
  ['5', { rating: 5 }],
  ['4.0', { rating: 4 }],
  ['0', { rating: 0 }],
  ['-1', { flag: 'rejected' }],
  ['6', {}],
  ['-2', {}],
  ['', {}],
  ['many', {}],
])('a rating of %j is %j', (text, marks) => {
  expect(wordsOf(`<p:Rating>${text}</p:Rating>`)).toEqual({ tags: [], ...marks })
})

test.each([
  ['p:Label="Second"', { label: 'yellow' }],
  ['p:Label="Mine"', {}],
  ['k:ColorLabel="6"', { label: 'purple' }],
  ['k:ColorLabel="0" k:PickLabel="0"', {}],
  ['k:ColorLabel="2" k:PickLabel="2"', {}],
  ['k:PickLabel="1"', { flag: 'rejected' }],
])('%s is %j', (attributes, marks) => {
  expect(wordsOf('', attributes)).toEqual({ tags: [], ...marks })
})

test('tags: each once whatever its case, of branches the ends, and nothing that programs note for themselves', () => {
  const bag = (name: string, tags: string[]) =>
    `<${name}><r:Bag>${tags.map(tag => `<r:li>${tag}</r:li>`).join('')}</r:Bag></${name}>`
  const long = 'x'.repeat(61)
  const words = wordsOf(
    bag('d:subject', ['Ink', 'ink', '  ', long, 'darktable|exported']) +
      bag('h:hierarchicalSubject', ['Places|France|Lyon', 'darktable|changed']) +
      bag('k:TagsList', ['Media/Ink', 'Media/Oil']),
  )
  expect(words.tags).toEqual(['Ink', 'Lyon', 'Oil'])
  const whole = wordsOf(bag('d:subject', ['black/white']) + bag('k:TagsList', ['black/white']))
  expect(whole.tags).toEqual(['black/white'])
})

test.each([
  ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', 'document type'],
  ['an entity that is not declared', documentOf('<d:title>&a;</d:title>'), 'not well-formed'],
  ['half a document', documentOf('<d:title>Barn</d:title>').slice(0, 300), 'not well-formed'],
  ['nothing', '', 'damaged|empty'],
  ['another document', '<html><body/></html>', 'no XMP'],
  ['depth', documentOf(`<d:title>${'<d:a>'.repeat(5000)}${'</d:a>'.repeat(5000)}</d:title>`), 'deeper'],
  ['breadth', documentOf('<d:a/>'.repeat(60_000)), 'more parts'],
  ['another encoding', Buffer.from(documentOf('<d:title>\xe9</d:title>'), 'latin1'), 'UTF-8'],
  ['size', Buffer.alloc(4 * 2 ** 20 + 1, ' '), '4 MB'],
])('a sidecar of %s is refused in a sentence', async (_, bytes, sentence) => {
  expect(await beside({ 'barn.xmp': bytes })).toEqual({ file: 'barn.xmp', reason: expect.stringMatching(sentence) })
})

test('byte order marks and both orders of UTF-16 are read', async () => {
  const text = documentOf('<d:title>Grüße 🌿</d:title>')
  const little = Buffer.from(`\u{feff}${text}`, 'utf16le')
  const forms = [
    Buffer.from(`\u{feff}${text}`),
    little,
    Buffer.from(little).swap16(),
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
  ]
  for (const bytes of forms) {
    expect(await beside({ 'barn.xmp': bytes })).toMatchObject({ words: { title: 'Grüße 🌿' }, isOwn: false })
  }
})

test('both names are found; the last one written goes first, and tags are joined', async () => {
  const folder = await makeTempFolder('beside')
  await writeFile(
    join(folder, 'barn.jpg.XMP'),
    documentOf('<d:title>Long</d:title><d:subject>a</d:subject><p:Rating>2</p:Rating>'),
  )
  const read = () => readSidecarsBeside({ folder, filename: 'barn.jpg', hasNamesake: false })
  expect(await read()).toMatchObject({ words: { title: 'Long', tags: ['a'] } })
  await writeFile(join(folder, 'barn.xmp'), documentOf('<d:title>Short</d:title><d:subject>b</d:subject>'))
  await utimes(join(folder, 'barn.xmp'), 1, 1)
  expect(await read()).toMatchObject({ words: { title: 'Long', rating: 2, tags: ['a', 'b'] } })
  await utimes(join(folder, 'barn.jpg.XMP'), 0, 0)
  expect(await read()).toMatchObject({ words: { title: 'Short', rating: 2, tags: ['b', 'a'] } })
})

test('of pictures that differ in their ending, a sidecar is of the one it names', async () => {
  const namesake = { hasNamesake: true }
  const names = (ending: string) =>
    documentOf(
      '<d:title>Barn</d:title>',
      `xmlns:s="http://ns.adobe.com/photoshop/1.0/" s:SidecarForExtension="${ending}"`,
    )
  expect(await beside({ 'barn.xmp': names('JPG') }, namesake)).toMatchObject({ words: { title: 'Barn' } })
  expect(await beside({ 'barn.xmp': names('CR2') })).toBeNull()
  const unnamed = documentOf('<d:title>Barn</d:title>')
  expect(await beside({ 'barn.xmp': unnamed }, namesake)).toMatchObject({
    reason: expect.stringContaining('barn.jpg.xmp'),
  })
  expect(await beside({ 'barn.jpg.xmp': unnamed }, namesake)).toMatchObject({ words: { title: 'Barn' } })
  expect(await beside({})).toBeNull()
})

test('a link, a folder and a pipe are no sidecars, and nothing waits for them', async () => {
  const folder = await makeTempFolder('beside')
  await writeFile(join(folder, 'elsewhere'), documentOf(''))
  await symlink(join(folder, 'elsewhere'), join(folder, 'link.xmp'))
  await mkdir(join(folder, 'folder.xmp'))
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe.xmp')])
  const reader = createSidecarReader()
  onTestFinished(reader.stop)
  const pictures = ['link', 'folder', 'pipe'].map(name => ({ folder, filename: `${name}.jpg`, hasNamesake: false }))
  expect(await reader.read(pictures)).toEqual([
    { file: 'link.xmp', reason: expect.stringContaining('link') },
    { file: 'folder.xmp', reason: 'It is no file.' },
    { file: 'pipe.xmp', reason: 'It is no file.' },
  ])
})
