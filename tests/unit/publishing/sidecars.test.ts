import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DOMParser } from '@xmldom/xmldom'
import { expect, test } from 'vitest'
import { folderNames, writeSidecars } from '../../../src/main/publishing/index.ts'
import { isOwnSidecar } from '../../../src/main/publishing/sidecars/document.ts'
import { safeName, sidecarName } from '../../../src/main/publishing/sidecars/names.ts'
import { pagesOf, publishedMedia } from '../../support/published.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

type Given = NonNullable<Parameters<typeof publishedMedia>[0]>
type Options = Parameters<typeof writeSidecars>[1]

/** Writes into the folder. @returns how it ended with each. */
async function write(folder: string | null, given: Given[], more: Partial<Options> = {}) {
  const names = new Map([[1, 'Studio']])
  const options: Options = { naming: 'short', includesSuggestions: false, folder, folderNames: names, ...more }
  const ends = []
  for await (const results of writeSidecars(pagesOf(given.map(publishedMedia)), options)) {
    ends.push(...results.map(({ end }) => end))
  }
  return ends
}

async function sidecarOf(given: Given, more: Partial<Options> = {}): Promise<string> {
  const folder = await makeTempFolder('sidecars')
  expect(await write(folder, [given], more)).toEqual(['written'])
  return readFile(join(folder, 'Studio/barn.xmp'), 'utf8')
}

test.each([
  ['barn.jpg', 'short', false, 'barn.xmp'],
  ['barn.jpg', 'long', false, 'barn.jpg.xmp'],
  ['barn.jpg', 'short', true, 'barn.jpg.xmp'],
  ['barn.2024.jpg', 'short', false, 'barn.2024.xmp'],
  ['barn', 'short', false, 'barn.xmp'],
  ['.barn', 'short', false, '.barn.xmp'],
] as const)('the sidecar of %s, %s, namesake %s: %s', (filename, naming, hasNamesake, name) => {
  expect(sidecarName(filename, naming, hasNamesake)).toBe(name)
})

test('folders that are called alike are told apart, and no name leads out of its folder', () => {
  const names = folderNames([
    { id: 1, name: 'Studio' },
    { id: 2, name: 'studio' },
    { id: 3, name: '..' },
    { id: 4, name: 'a/b' },
  ])
  expect(Object.fromEntries(names)).toEqual({ 1: 'Studio (1)', 2: 'studio (2)', 3: '_', 4: 'a_b' })
  expect(safeName('a:b?', 'win32')).toBe('a_b_')
  expect(safeName('a:b?', 'linux')).toBe('a:b?')
})

test('what is written in a picture is text and never a part of the document', async () => {
  const title = `</rdf:li><!-- ]]> & "x" 'y' \u{0} \u{b} \u{fffe} \u{d800} <!ENTITY a SYSTEM "file:///etc/passwd">&a;`
  const text = await sidecarOf({ title, words: { description: 'one\r\ntwo' } })
  const problems: string[] = []
  const parsed = new DOMParser({
    onError: (level, message) => void (level !== 'warning' && problems.push(message)),
  }).parseFromString(text, 'text/xml')
  const read = parsed.getElementsByTagName('dc:title')[0]?.textContent
  expect(read).toBe(`</rdf:li><!-- ]]> & "x" 'y'    \u{fffd} <!ENTITY a SYSTEM "file:///etc/passwd">&a;`)
  expect(parsed.getElementsByTagName('dc:description')[0]?.textContent).toBe('one\r\ntwo')
  expect(problems).toEqual([])
})

test('stars, flags and labels are written as Adobe and digiKam do', async () => {
  const chosen = await sidecarOf({ rating: 4, flag: 'picked', label: 'purple' })
  for (const part of ['xmp:Rating>4<', 'xmp:Label>Purple<', 'digiKam:PickLabel>3<', 'digiKam:ColorLabel>6<']) {
    expect(chosen).toContain(part)
  }
  const rejected = await sidecarOf({ rating: 4, flag: 'rejected' })
  for (const part of ['xmp:Rating>-1<', 'digiKam:PickLabel>1<', 'burgInk:Rating>4<']) expect(rejected).toContain(part)
  const plain = await sidecarOf({})
  expect(plain).not.toMatch(/Rating|Label|dc:subject|dc:title/)
})

test('what nobody has confirmed is left out, unless it is asked for', async () => {
  const given: Given = {
    tags: [
      { name: 'barn', source: 'person', confidence: null },
      { name: 'maybe', source: 'openai', confidence: 0.4 },
    ],
    keywords: ['Barn', 'Harvest'],
    suggestions: [{ field: 'description', value: 'A barn.', source: 'openai', confidence: null }],
  }
  const own = await sidecarOf(given)
  expect(own).toMatch(/<rdf:li>barn<\/rdf:li>\s*<rdf:li>Harvest</)
  expect(own).not.toMatch(/maybe|A barn|>Barn</)
  expect(await sidecarOf(given, { includesSuggestions: true })).toMatch(/A barn\.[\s\S]*maybe/)
})

test('a separator makes no hierarchy of a tag', async () => {
  const text = await sidecarOf({
    tags: ['black/white', 'a|b'].map(name => ({ name, source: 'person', confidence: null })),
  })
  const list = (name: string) => new RegExp(`<${name}>[\\s\\S]*</${name}>`).exec(text)?.[0].match(/(?<=<rdf:li>)[^<]+/g)
  expect(list('dc:subject')).toEqual(['black/white', 'a|b'])
  expect(list('lr:hierarchicalSubject')).toEqual(['black/white'])
  expect(list('digiKam:TagsList')).toEqual(['a|b'])
})

test('ours is brought up to date and left alone where nothing changed; what others wrote stays', async () => {
  const folder = await makeTempFolder('sidecars')
  const path = join(folder, 'Studio/barn.xmp')
  expect(await write(folder, [{ rating: 1 }])).toEqual(['written'])
  expect(await write(folder, [{ rating: 1 }])).toEqual(['unchanged'])
  expect(await write(folder, [{ rating: 2 }])).toEqual(['written'])
  const ours = await readFile(path, 'utf8')
  expect(isOwnSidecar(ours)).toBe(true)
  for (const theirs of [
    ours.replace('>2<', '>5<'),
    ours.replace('Burg Ink', 'XMP Core 4.4.0-Exiv2'),
    '',
    '<x:xmpmeta/>',
  ]) {
    await writeFile(path, theirs)
    expect(await write(folder, [{ rating: 3 }])).toEqual([{ reason: expect.stringContaining('left as it is') }])
    expect(await readFile(path, 'utf8')).toBe(theirs)
  }
  expect(await readdir(join(folder, 'Studio'))).toEqual(['barn.xmp'])
})

test('in Google Drive two pictures may have one name: the second does not overwrite the first', async () => {
  const folder = await makeTempFolder('sidecars')
  const inDrive = (sourceId: string): Given => ({ source: 'google_drive', sourceId, hasNamesake: true })
  expect(await write(folder, [inDrive('a'), inDrive('b')])).toEqual([
    'written',
    { reason: expect.stringContaining('Another picture') },
  ])
  expect(await write(folder, [inDrive('a')])).toEqual(['unchanged'])
})

test('beside the originals only where the original is', async () => {
  const around = await makeTempFolder('studio')
  const studio = join(around, 'studio')
  await mkdir(join(studio, 'a'), { recursive: true })
  await writeFile(join(around, 'barn.jpg'), 'x')
  await writeFile(join(studio, 'a/barn.jpg'), 'x')
  const at = (path: string): Given => ({ path, sourceId: path, folder: { id: 1, name: 'Studio', path: studio } })
  const refused = { reason: expect.any(String) }
  expect(await write(null, [at('a/barn.jpg'), at('gone.jpg'), at('../barn.jpg'), { source: 'google_drive' }])).toEqual([
    'written',
    refused,
    refused,
    refused,
  ])
  expect(await readdir(join(studio, 'a'))).toEqual(['barn.jpg', 'barn.xmp'])
  expect((await readdir(around)).sort()).toEqual(['barn.jpg', 'studio'])
  expect(await readFile(join(studio, 'a/barn.jpg'), 'utf8')).toBe('x')
})

test('a name that cannot be written is told, and the others are written', async () => {
  const folder = await makeTempFolder('sidecars')
  const long = `${'n'.repeat(253)}.j`
  expect(await write(folder, [{ filename: long, path: long }, {}])).toEqual([{ reason: expect.any(String) }, 'written'])
})
