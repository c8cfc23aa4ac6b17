import { expect, test } from 'vitest'
import { type AnalysisSubject, createBuiltinAnalyser } from '../../../src/main/analysis/index.ts'
import { aSubject } from '../../contract/analyser.contract.ts'

const analyse = (facts: Partial<AnalysisSubject> = {}) => createBuiltinAnalyser().analyse(aSubject(facts))
const light = { brightness: 0.55, contrast: 0.2, colourfulness: 0.08 }

test('names itself', () => {
  expect(createBuiltinAnalyser()).toMatchObject({ name: 'builtin', version: '1' })
})

test('describes what was measured when nobody has written anything, and leaves out what only eyes can tell', async () => {
  expect(await analyse({ light: { brightness: 0.3, contrast: 0.2, colourfulness: 0.03 } })).toEqual({
    result: {
      description: 'A landscape-format picture, mostly navy and beige, dark and quiet in colour.',
      tags: ['dark'],
      content: '',
      colors: ['navy', 'beige', 'grey'],
    },
    tags: [{ name: 'dark', origin: 'measured', confidence: 0.9 }],
  })
})

test.each<[string, Partial<AnalysisSubject>]>([
  ['A square picture, mostly navy and beige.', { width: 1000, height: 1000 }],
  ['A portrait-format picture, mostly navy and beige.', { width: 1000, height: 1500 }],
  ['A very wide picture, mostly navy and beige.', { width: 4000, height: 1000 }],
  ['A very tall picture, mostly navy and beige.', { width: 1000, height: 4000 }],
  ['A landscape-format animated picture, mostly navy and beige.', { frameCount: 12, mimeType: 'image/gif' }],
  ['A landscape-format picture, mostly navy and beige.', { frameCount: 12, mimeType: 'image/tiff' }],
  ['A landscape-format picture with an alpha channel, mostly navy and beige.', { hasAlpha: true }],
  ['A landscape-format picture.', { palette: [] }],
  ['A landscape-format picture, mostly red.', { palette: [{ name: 'red', hex: '#f00', share: 1 }] }],
  [
    'A landscape-format picture, in many colours, red and blue most of all.',
    {
      palette: [
        { name: 'red', hex: '#f00', share: 0.3 },
        { name: 'blue', hex: '#00f', share: 0.2 },
      ],
    },
  ],
  [
    'A landscape-format picture, without colour, bright and high in contrast.',
    {
      palette: [
        { name: 'white', hex: '#fff', share: 0.8 },
        { name: 'black', hex: '#000', share: 0.2 },
      ],
      light: { brightness: 0.85, contrast: 0.35, colourfulness: 0 },
    },
  ],
  [
    'A landscape-format picture, mostly navy and beige, low in contrast and strong in colour.',
    { light: { ...light, contrast: 0.05, colourfulness: 0.2 } },
  ],
])('says: %s', async (sentence, facts) => {
  expect((await analyse(facts)).result.description).toBe(sentence)
})

test('tags what was measured', async () => {
  const tagsOf = async (facts: Partial<AnalysisSubject>) => (await analyse(facts)).result.tags
  expect(await tagsOf({})).toEqual([])
  expect(await tagsOf({ width: 100, height: 101 })).toEqual(['square'])
  expect(await tagsOf({ width: 400, height: 100 })).toEqual(['panorama'])
  expect(await tagsOf({ frameCount: 2, mimeType: 'image/gif' })).toEqual(['animated'])
  expect(await tagsOf({ hasAlpha: true })).toEqual(['transparent'])
  expect(await tagsOf({ light: { ...light, brightness: 0.9 } })).toEqual(['bright'])
  expect(await tagsOf({ light: { ...light, colourfulness: 0.2 } })).toEqual(['colourful'])
  const grey = [{ name: 'grey' as const, hex: '#888', share: 1 }]
  expect(await tagsOf({ palette: grey, light: { ...light, colourfulness: 0.001 } })).toEqual(['black and white'])
  // A grey picture with a little red in it is not black and white.
  expect(await tagsOf({ light: { ...light, colourfulness: 0.001 } })).toEqual([])
})

test('takes its words from title and caption where a person wrote them', async () => {
  const described = async (title: string | null, caption: string | null) => (await analyse({ title, caption })).result
  expect(await described('Tulips', 'A field near Lisse.')).toMatchObject({
    description: 'Tulips. A field near Lisse.',
    content: 'Tulips. A field near Lisse.',
  })
  expect((await described('Tulips!', 'A field.')).description).toBe('Tulips! A field.')
  expect((await described('Tulips', null)).description).toBe('Tulips')
  expect((await described(null, 'A field near Lisse.')).description).toBe('A field near Lisse.')
  expect((await described('Tulips', 'Tulips near Lisse')).description).toBe('Tulips near Lisse')
})

test.each([
  'OLYMPUS DIGITAL CAMERA',
  'SONY DSC',
  'DIGITAL CAMERA',
  '<KENOX S860  / Samsung S860>',
  'Exif_JPEG_PICTURE',
  'Created with GIMP',
  'untitled',
  'Screenshot',
  'DCIM\\100MEDIA\\DJI_0001.JPG',
  '   ',
  '12345',
  '---',
  '\u0000\u0000',
  'charset=Ascii',
])('takes %j for what a machine wrote', async caption => {
  expect((await analyse({ caption, title: caption })).result.description).toMatch(/^A landscape-format picture/)
})

test('ranks words by where they were read, and keeps the best of each', async () => {
  const { tags } = await analyse({
    keywords: ['Tulip', 'Old Town'],
    title: 'Tulip morning',
    caption: 'Morning in Lisse',
    folders: ['Pictures', 'Travel', '2023 Holland'],
    filename: 'holland-windmill.png',
  })
  expect(tags).toEqual([
    { name: 'tulip', origin: 'keyword', confidence: 0.95 },
    { name: 'old town', origin: 'keyword', confidence: 0.95 },
    { name: 'morning', origin: 'title', confidence: 0.7 },
    { name: '2023', origin: 'folder', confidence: 0.6 },
    { name: 'holland', origin: 'folder', confidence: 0.6 },
    { name: 'travel', origin: 'folder', confidence: 0.6 },
    { name: 'lisse', origin: 'caption', confidence: 0.5 },
    { name: 'windmill', origin: 'filename', confidence: 0.4 },
  ])
})

test('takes subjects from keywords alone', async () => {
  expect((await analyse({ folders: ['Cats'], filename: 'cat.png', title: 'A cat' })).result.subjects).toBeUndefined()
  expect((await analyse({ keywords: ['Cat', 'cat', 'Caf\u00e9', 'Cafe\u0301'] })).result.subjects).toEqual([
    'cat',
    'caf\u00e9',
  ])
})

test('takes lists of keywords apart', async () => {
  const subjectsOf = async (...keywords: string[]) => (await analyse({ keywords })).result.subjects
  expect(await subjectsOf('cat; dog ;bird')).toEqual(['cat', 'dog', 'bird'])
  expect(await subjectsOf('cat, dog')).toEqual(['cat', 'dog'])
  expect(await subjectsOf('Paris, France', 'dog')).toEqual(['paris, france', 'dog'])
  expect(await subjectsOf('Animals|Cats')).toEqual(['animals', 'cats'])
  expect(await subjectsOf(' ; ', '!!!', 'x'.repeat(61))).toBeUndefined()
})

test('lists the words it read as content when there is nothing better', async () => {
  expect(
    (await analyse({ folders: ['Holland'], filename: 'windmill.png', width: 10, height: 10 })).result.content,
  ).toBe('holland, windmill')
})

test('says the same of the same picture', async () => {
  const facts = { keywords: ['Tulip'], folders: ['Holland'], title: 'Tulips' }
  expect(await analyse(facts)).toEqual(await analyse(facts))
})

test('shows text from files without anything that could disturb its reader', async () => {
  const { result } = await analyse({
    title: 'A\u202E\u0007\tred\r\n\u200Bhouse\uD800\u{E0041}',
    caption: `${'long '.repeat(1000)}`,
  })
  expect(result.description.startsWith('A red house. long long')).toBe(true)
  expect(Array.from(result.description).length).toBeLessThanOrEqual(1202)
  expect(result.description.endsWith('…')).toBe(true)
})
