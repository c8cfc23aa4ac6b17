import { expect, test } from 'vitest'
import { onesIn } from '../../../src/main/library/fingerprints.ts'
import type { Library } from '../../../src/main/library/index.ts'
import { cosine, quantised, type readVectors } from '../../../src/main/library/vectors.ts'
import { addPicture, openBeside, openTestLibrary } from '../../support/library.ts'
import { answersOf } from '../../support/library-lists.ts'

/** Sixteen hex digits with 32 ones. */
const base = 'f0f0f0f0f0f0f0f0'
/** The same with this many bits the other way round, counted from the left. */
function differing(bits: number): string {
  const mask = ((1n << BigInt(bits)) - 1n) << BigInt(64 - bits)
  return (BigInt(`0x${base}`) ^ mask).toString(16).padStart(16, '0')
}

function addLooks(library: Library, fingerprints: string[]): number[] {
  const db = openBeside(library)
  return fingerprints.map((fingerprint, i) => {
    const id = addPicture(library, { path: `${i}.png`, content: `${i}` })
    db.prepare('UPDATE media SET fingerprint = ? WHERE id = ?').run(fingerprint, id)
    return id
  })
}

/** All whose text the model has not embedded. */
function lackingOf(library: Library, model: string) {
  for (;;) {
    const found = library.embeddings.lacking(model, 1000)
    if (found === null) return []
    if (found.length > 0) return found
  }
}

const embed = (library: Library, model: string, vectors: Record<number, number[]>) => {
  for (const { mediaId, textHash } of lackingOf(library, model)) {
    const vector = vectors[mediaId]
    if (vector) library.embeddings.record(model, [{ mediaId, textHash, vector: Float32Array.from(vector) }])
  }
}

test('ones are counted in all 32 bits', () => {
  for (const bits of [0, 1, 0x80000000, 0xffffffff, 0x12345678, 0xf0f0f0f0, -1]) {
    expect(onesIn(bits)).toBe([...(bits >>> 0).toString(2)].filter(bit => bit === '1').length)
  }
})

test('pictures alike by look come most alike first, without the picture itself and without strangers', async () => {
  const library = await openTestLibrary()
  const ids = addLooks(library, [base, differing(5), differing(1), differing(30), '0000000000000000'])
  const { items, fault } = answersOf(library).similarByLook(ids[0] as number, 10)
  expect(fault).toBeNull()
  expect(items.map(({ id, likeness }) => [id, likeness])).toEqual([
    [ids[2], 1 - 1 / 32],
    [ids[1], 1 - 5 / 32],
  ])
  expect(answersOf(library).similarByLook(ids[0] as number, 1).items).toHaveLength(1)
})

test('a plain picture is like no other, and that is said', async () => {
  const library = await openTestLibrary()
  const [plain] = addLooks(library, ['0000000000000000', '0000000000000000', '8000000000000001'])
  expect(answersOf(library).similarByLook(plain as number, 10)).toEqual({ items: [], fault: 'plain' })
  expect(answersOf(library).nearDuplicates(0, 10)).toEqual({ groups: [], total: 0, nextAfter: null })
})

test('near-duplicates are groups of what differs in few bits, also over one in between, largest first', async () => {
  const library = await openTestLibrary()
  const far = '123456789abcdef5'
  const ids = addLooks(library, [base, far, differing(6), differing(12), far, differing(24)])
  const answers = answersOf(library)
  const { groups, total, nextAfter } = answers.nearDuplicates(0, 1)
  expect(total).toBe(2)
  expect(groups.map(({ items, count }) => [items.map(({ id }) => id), count])).toEqual([[[ids[0], ids[2], ids[3]], 3]])
  expect(nextAfter).toBe(1)
  const rest = answers.nearDuplicates(1, 1)
  expect(rest.groups.map(({ items }) => items.map(({ id }) => id))).toEqual([[ids[1], ids[4]]])
  expect(rest.nextAfter).toBeNull()
})

test('two that differ in seven bits, two in each piece, are not grouped; six spread over all pieces are', async () => {
  const library = await openTestLibrary()
  const flip = (mask: bigint) => (BigInt(`0x${base}`) ^ mask).toString(16).padStart(16, '0')
  addLooks(library, [base, flip(0x0003_0003_0003_0001n)])
  expect(answersOf(library).nearDuplicates(0, 10).total).toBe(0)
  addLooksTo(library, flip(0x0001_0001_0001_0001n), 'near.png')
  const [group] = answersOf(library).nearDuplicates(0, 10).groups
  expect(group?.count).toBe(3)
})

function addLooksTo(library: Library, fingerprint: string, path: string): void {
  const id = addPicture(library, { path })
  openBeside(library).prepare('UPDATE media SET fingerprint = ? WHERE id = ?').run(fingerprint, id)
}

test('groups follow when pictures come', async () => {
  const library = await openTestLibrary()
  addLooks(library, [base])
  const answers = answersOf(library)
  expect(answers.nearDuplicates(0, 10).total).toBe(0)
  addLooksTo(library, differing(2), 'new.png')
  await expect.poll(() => answers.nearDuplicates(0, 10).total).toBe(1)
})

test('vectors keep their angles when they are made bytes', () => {
  const a = Float32Array.from({ length: 256 }, (_, i) => Math.sin(i * 1.7) / 11)
  const b = Float32Array.from({ length: 256 }, (_, i) => Math.sin(i * 1.7 + 0.4) / 11)
  const product = a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)
  const angle = product / (Math.hypot(...a) * Math.hypot(...b))
  const values = Int8Array.from([...quantised(a), ...quantised(b)])
  const lengths = Float32Array.from([Math.hypot(...quantised(a)), Math.hypot(...quantised(b))])
  const vectors = { values, lengths, dimensions: 256 } as ReturnType<typeof readVectors>
  expect(cosine(vectors, 0, 1)).toBeCloseTo(angle, 2)
  expect(cosine(vectors, 0, 0)).toBeCloseTo(1, 5)
  expect(quantised(new Float32Array(3))).toEqual(Int8Array.from([0, 0, 0]))
})

test('pictures alike by meaning come most alike first, of one model alone', async () => {
  const library = await openTestLibrary()
  const ids = [1, 2, 3, 4].map(n => addPicture(library, { path: `${n}.png`, description: `Picture ${n}` }))
  const [first, second, third, fourth] = ids as [number, number, number, number]
  library.embeddings.use('small')
  embed(library, 'small', { [first]: [1, 0, 0], [second]: [0, 1, 0], [third]: [0.9, 0.1, 0], [fourth]: [0.6, 0.8, 0] })
  const answers = answersOf(library)
  const { items } = answers.similarByMeaning(first, 10, 'small')
  expect(items.map(({ id }) => id)).toEqual([third, fourth])
  expect(items[0]?.likeness).toBeCloseTo(0.994, 2)
  expect(answers.similarByMeaning(first, 10, 'large')).toEqual({ items: [], fault: 'not-embedded' })
})

test('a new vector of a picture takes the place of the old one, also in memory', async () => {
  const library = await openTestLibrary()
  const [first, second] = [1, 2].map(n => addPicture(library, { path: `${n}.png`, description: `Picture ${n}` })) as [
    number,
    number,
  ]
  library.embeddings.use('small')
  embed(library, 'small', { [first]: [1, 0], [second]: [0, 1] })
  const answers = answersOf(library)
  expect(answers.similarByMeaning(first, 10, 'small').items).toEqual([])
  library.words.set([second], 'description', 'Like the first')
  embed(library, 'small', { [second]: [1, 0] })
  expect(answers.similarByMeaning(first, 10, 'small').items.map(({ id }) => id)).toEqual([second])
})

test('what is embedded is a person’s words before an analyser’s, with the tags; nothing said is never asked for', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'a.png', description: 'A boat.', tags: ['sea'] })
  addPicture(library, { path: 'b.png' })
  library.embeddings.use('small')
  library.words.set([id], 'description', 'My dinghy')
  library.words.set([id], 'mood', 'Calm')
  expect(lackingOf(library, 'small')).toMatchObject([{ mediaId: id, text: 'My dinghy\nCalm\nsea' }])
  expect(library.embeddings.countDue()).toBe(1)
})

test('a text that changed is embedded anew; one that did not, and one of a model used before, is not', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'a.png', description: 'A boat.' })
  library.embeddings.use('small')
  embed(library, 'small', { [id]: [1, 0] })
  expect(lackingOf(library, 'small')).toEqual([])
  library.media.complete(id)
  expect(library.embeddings.countDue()).toBe(1)
  expect(lackingOf(library, 'small')).toEqual([])
  expect(library.embeddings.countDue()).toBe(0)
  library.words.set([id], 'mood', 'Calm')
  expect(lackingOf(library, 'small')).toHaveLength(1)
  embed(library, 'small', { [id]: [1, 0] })
  library.embeddings.use('large')
  expect(lackingOf(library, 'large')).toHaveLength(1)
  library.embeddings.use('small')
  expect(lackingOf(library, 'small')).toEqual([])
})

test('a text that changes while the model is asked stays due', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'a.png', description: 'A boat.' })
  library.embeddings.use('small')
  const [asked] = lackingOf(library, 'small')
  library.words.set([id], 'mood', 'Calm')
  library.embeddings.record('small', [
    { ...(asked as { mediaId: number; textHash: string }), vector: new Float32Array(2) },
  ])
  expect(lackingOf(library, 'small')).toHaveLength(1)
})
