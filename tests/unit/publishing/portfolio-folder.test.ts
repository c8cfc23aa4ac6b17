import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ExportFailed, writePortfolio } from '../../../src/main/publishing/index.ts'
import type { Artwork } from '../../../src/shared/artworks.ts'
import {
  deadLinks,
  filesIn,
  plainPictures,
  portfolioOptions,
  portfolioWork,
  worksOf,
  writeAll,
} from '../../support/portfolio.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const barn = portfolioWork()
const meadow = portfolioWork({ id: 2, title: 'Meadow', inventoryNumber: '2', pictures: [[2, 'main']] })
const river = portfolioWork({ id: 3, title: 'River', inventoryNumber: '3', series: 'Water', seriesId: 1 })

async function emptySite() {
  const folder = await makeTempFolder('portfolio')
  const { asked, picture } = plainPictures()
  const write = (works: Artwork[], given: Parameters<typeof portfolioOptions>[1] = {}) =>
    writeAll(worksOf(...works), picture, portfolioOptions(folder, given))
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  return { folder, asked, picture, write, read, at: (name: string) => join(folder, name) }
}

test('the same again writes nothing, and asks for no picture', async () => {
  const { folder, asked, write, at } = await emptySite()
  const first = await write([barn, meadow])
  const times = async () => Promise.all((await filesIn(folder)).map(async name => (await stat(at(name))).mtimeMs))
  const before = await times()
  asked.length = 0
  expect(await write([barn, meadow])).toMatchObject({ works: 2, written: 0, unchanged: first.written, removed: 0 })
  expect(asked).toEqual([])
  expect(await times()).toEqual(before)
})

test('what changed is written again, what is not chosen any more is removed, and nothing else', async () => {
  const { folder, asked, write, read } = await emptySite()
  await write([barn, meadow, river])
  asked.length = 0
  const { written, removed, refusals } = await write([{ ...barn, title: 'Blue barn' }, meadow])
  // Two works (the second leads back to the first) and the wall; a work and a series. The river's picture is the barn's.
  expect({ written, removed, refusals, asked }).toEqual({ written: 3, removed: 2, refusals: [], asked: [] })
  expect(await read('works/2.html')).toContain('Blue barn')
  expect(await readdir(folder)).not.toContain('series')
  expect(await deadLinks(folder)).toEqual([])
  await write([meadow])
  expect((await filesIn(folder)).filter(name => name.startsWith('pictures/1-'))).toEqual([])
})

test('a picture with other pixels gets another name, so that no browser shows the old one', async () => {
  const { folder, write } = await emptySite()
  await write([barn])
  const [media] = barn.media
  if (!media) return expect.unreachable()
  const { written, removed } = await write([
    { ...barn, media: [{ ...media, media: { ...media.media, version: 'other' } }] },
  ])
  expect({ written, removed }).toEqual({ written: 5, removed: 3 })
  expect(await deadLinks(folder)).toEqual([])
})

test('what others wrote or changed is left as it is, and told', async () => {
  const { write, read, at } = await emptySite()
  await write([barn, meadow, river])
  await writeFile(at('CNAME'), 'ada.example')
  await writeFile(at('works/notes.txt'), 'mine')
  await writeFile(at('style.css'), 'body { color: red }')
  await writeFile(at('works/3.html'), 'mine now')
  await writeFile(at('works/4.html'), 'mine as well')
  const pond = { ...river, id: 4, inventoryNumber: '4', series: null, seriesId: null }
  const { refusals } = await write([{ ...barn, title: 'Blue barn' }, pond])
  expect(refusals).toEqual([
    { file: 'style.css', reason: expect.stringContaining('Remove or rename it, then export again') },
    { file: 'works/4.html', reason: expect.stringContaining('was left as it is') },
    { file: 'works/3.html', reason: expect.stringContaining('not part of the portfolio any more') },
  ])
  expect(
    await Promise.all(['style.css', 'works/3.html', 'works/4.html', 'works/notes.txt', 'CNAME'].map(read)),
  ).toEqual(['body { color: red }', 'mine now', 'mine as well', 'mine', 'ada.example'])
  await rm(at('style.css'))
  await rm(at('works/4.html'))
  expect(await write([barn, pond])).toMatchObject({ refusals: [] })
  expect(await read('works/3.html')).toBe('mine now')
})

test('a picture that somebody replaced is left as it is', async () => {
  const { folder, write, read } = await emptySite()
  await write([barn])
  const [name = ''] = (await filesIn(folder)).filter(path => path.startsWith('pictures/'))
  await writeFile(join(folder, name), 'better')
  expect((await write([barn])).refusals.map(({ file }) => file)).toEqual([name])
  expect(await read(name)).toBe('better')
})

const refusal = async (work: Promise<unknown>) => {
  const cause = await work.then(
    () => null,
    cause => cause,
  )
  expect(cause).toBeInstanceOf(ExportFailed)
  return cause.message
}

test('a folder that is not ours is refused, and nothing is written into it', async () => {
  const { folder, write, at } = await emptySite()
  await writeFile(at('letter.txt'), '')
  expect(await refusal(write([barn]))).toContain('Choose an empty folder')
  expect(await readdir(folder)).toEqual(['letter.txt'])
  await rm(at('letter.txt'))
  for (const text of ['', '{}', '[]', 'null', '{"format":"burg-ink-portfolio","version":2,"files":{}}']) {
    await writeFile(at('portfolio.json'), text)
    expect(await refusal(write([barn]))).toContain('not one that this version of Burg Ink has written')
  }
  await rm(at('portfolio.json'))
  const elsewhere = await makeTempFolder('elsewhere')
  await symlink(elsewhere, at('works'))
  expect(await refusal(write([barn]))).toContain('works in')
  expect(await readdir(elsewhere)).toEqual([])
  await rm(at('works'))
  await mkdir(at('.git'))
  await writeFile(at('Thumbs.db'), '')
  expect(await write([barn])).toMatchObject({ works: 1, refusals: [] })
})

test('a manifest that names files elsewhere has none of them removed', async () => {
  const { folder, write, at } = await emptySite()
  await write([barn])
  const beside = join(folder, '..', 'portfolio-beside.txt')
  await writeFile(beside, '')
  await writeFile(at('mine.txt'), '')
  const manifest = JSON.parse(await readFile(at('portfolio.json'), 'utf8'))
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  for (const path of ['../portfolio-beside.txt', beside, 'mine.txt', 'works/../mine.txt']) manifest.files[path] = empty
  await writeFile(at('portfolio.json'), JSON.stringify(manifest))
  expect(await write([barn])).toMatchObject({ removed: 0, refusals: [] })
  await stat(beside)
  await stat(at('mine.txt'))
  await rm(beside)
})

test('a disk that cannot be written is told with what to do', async () => {
  const { folder, write } = await emptySite()
  await rm(folder, { recursive: true })
  expect(await refusal(write([barn]))).toContain('is not there any more')
})

/** All that can be seen of an export that ends after each of its steps. */
test('ended at any moment it says that it is not complete, and the next one completes it', async () => {
  const { folder, picture, write, at } = await emptySite()
  const before = [barn, meadow]
  const after = [{ ...meadow, title: 'Green meadow' }, river]
  await write(after)
  const whole = await filesIn(folder)
  for (const ending of [1, 2]) {
    await rm(folder, { recursive: true })
    await mkdir(folder)
    await write(before)
    const steps = writePortfolio(worksOf(...after), picture, portfolioOptions(folder))
    for (let step = 0; step < ending; step += 1) await steps.next()
    await steps.return(undefined)
    expect(await filesIn(folder)).toContain('portfolio-unfinished.jsonl')
    // As a kill leaves it: half a line, half a file, and a file whose line alone tells whose it is.
    await writeFile(at('.portfolio.part'), 'half')
    const journal = await readFile(at('portfolio-unfinished.jsonl'), 'utf8')
    await writeFile(at('portfolio-unfinished.jsonl'), `${journal}["works/3.ht`)
    expect(await readFile(at('index.html'), 'utf8')).toContain('Red barn')
    expect(await write(after)).toMatchObject({ works: 2, refusals: [] })
    expect(await filesIn(folder)).toEqual(whole)
    expect(await deadLinks(folder)).toEqual([])
  }
})

test('one that was never complete goes on, and has no wall before all else is there', async () => {
  const { folder, picture, write, at } = await emptySite()
  const steps = writePortfolio(worksOf(barn, meadow), picture, portfolioOptions(folder))
  await steps.next()
  await steps.return(undefined)
  const names = await filesIn(folder)
  expect(names).not.toContain('index.html')
  expect(names).not.toContain('portfolio.json')
  expect(names).not.toContain('.portfolio.part')
  await writeFile(at('works/2.html'), 'mine')
  const { refusals } = await write([barn, meadow])
  expect(refusals.map(({ file }) => file)).toEqual(['works/2.html'])
})

test('of three hundred works one is held at a time', async () => {
  const folder = await makeTempFolder('portfolio')
  let made = 0
  let ahead = 0
  async function* many() {
    for (let id = 1; id <= 300; id += 1) {
      made += 1
      yield [portfolioWork({ id, inventoryNumber: String(id), pictures: [] })]
    }
  }
  let done = 0
  for await (const { works } of writePortfolio(many(), plainPictures().picture, portfolioOptions(folder))) {
    done += works
    ahead = Math.max(ahead, made - done)
  }
  expect({ done, ahead }).toEqual({ done: 300, ahead: 1 })
})
