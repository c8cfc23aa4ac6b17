import { describe, expect, it } from 'vitest'
import {
  beganLine,
  type Dropped,
  decideDrop,
  draggedOf,
  droppedMax,
  intentionOf,
} from '../../../src/renderer/src/lib/drops.ts'

const inWindow = { knowsPaths: true }
const inBrowser = { knowsPaths: false }
const thing = (name: string, part: Partial<Dropped> = {}): Dropped => ({
  name,
  path: `/pictures/${name}`,
  isFolder: false,
  ...part,
})
const drag = (types: string[], items: [kind: string, type: string][]) =>
  draggedOf({ types, items: items.map(([kind, type]) => ({ kind, type })) as unknown as DataTransferItemList })

describe('a drag', () => {
  it('is counted by kind, as far as that is told before the drop', () => {
    expect(
      drag(
        ['Files'],
        [
          ['file', 'image/png'],
          ['file', ''],
          ['file', 'text/plain'],
          ['string', 'text/plain'],
        ],
      ),
    ).toEqual({ count: 3, pictures: 1 })
  })

  it('of text or a link is not for this window', () => {
    expect(drag(['text/plain', 'text/uri-list'], [['string', 'text/uri-list']])).toBeNull()
  })

  it.each([
    [{ count: 3, pictures: 3 }, 'Drop to import 3 pictures', /^They stay/],
    [{ count: 1, pictures: 1 }, 'Drop to import 1 picture', /^They stay/],
    [{ count: 5, pictures: 3 }, 'Drop to import 5 items', /^3 pictures and 2 folders or other files\./],
    [{ count: 1, pictures: 0 }, 'Drop to import 1 item', /^1 folder or other file\./],
    [{ count: 0, pictures: 0 }, 'Drop to import', /^They stay/],
    [{ count: 1204, pictures: 0 }, 'Too many: 1,204 items', /Drop the folder they are in instead/],
  ])('says what a drop of %o would do', (dragged, title, text) => {
    expect(intentionOf(dragged, inWindow).title).toBe(title)
    expect(intentionOf(dragged, inWindow).text).toMatch(text)
  })

  it('promises nothing where nobody says where files are', () => {
    expect(intentionOf({ count: 3, pictures: 3 }, inBrowser).title).toBe('A browser does not say where files are')
  })
})

describe('a drop', () => {
  it('is imported by its paths; what is on no disk is left out and counted', () => {
    const dropped = [thing('Paris', { isFolder: true }), thing('from-a-page.png', { path: null }), thing('a.png')]
    expect(decideDrop(dropped, inWindow)).toEqual({
      kind: 'import',
      paths: ['/pictures/Paris', '/pictures/a.png'],
      lost: 1,
    })
  })

  it('leads to the import screen where nobody says where files are', () => {
    expect(decideDrop([thing('a.png', { path: null })], inBrowser)).toMatchObject({ leadsToImport: true })
  })

  it('of more than the app takes is explained and not cut', () => {
    const many = Array.from({ length: droppedMax + 1 }, (_, i) => thing(`${i}.png`))
    expect(decideDrop(many.slice(1), inWindow)).toMatchObject({ kind: 'import' })
    expect(decideDrop(many, inWindow)).toMatchObject({ kind: 'explain', leadsToImport: false })
    expect(decideDrop(many, inWindow)).toMatchObject({
      sentence: expect.stringMatching(/^1,001 items at once .*1,000/),
    })
  })

  it('of things that are on no disk says to save them first', () => {
    const decision = decideDrop([thing('from-a-page.png', { path: null })], inWindow)
    expect(decision).toMatchObject({ kind: 'explain', sentence: expect.stringMatching(/Save it first/) })
  })

  it('that began is told by name when it is one thing, else by kinds, without what was refused', () => {
    const paris = thing('Paris', { isFolder: true })
    const rome = thing('Rome', { isFolder: true })
    const [a, b] = [thing('a.png'), thing('notes.txt')]
    const refused = [{ path: '/pictures/notes.txt', reason: 'no picture' }]
    expect(beganLine([paris], [])).toBe('Importing Paris.')
    expect(beganLine([paris, rome, a, b], refused)).toBe('Importing 2 folders and 1 file.')
    expect(beganLine([a, b], refused)).toBe('Importing a.png.')
    expect(beganLine([b], refused)).toBeNull()
    expect(beganLine([thing('x.png', { path: null })], [])).toBeNull()
  })
})
