/** A portfolio of a library: real works, real pictures, and the terminal. */
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Export, Input } from '../../src/shared/contract.ts'
import { importFolder, mediaIdOf, put, startApp, type TestApp } from '../support/app.ts'
import { run } from '../support/command-line.ts'
import { hills } from '../support/pictures.ts'
import { attribute, deadLinks, elements, filesIn, pageAt, textIn } from '../support/portfolio.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

async function startWithWorks(count = 3) {
  const app = await startApp()
  const folder = await makeTempFolder('pictures')
  const names = Array.from({ length: count }, (_, at) => `work ${at + 1}.jpg`)
  for (const [at, name] of names.entries())
    await put(
      folder,
      name,
      await hills(1200, 800, at + 1)
        .jpeg()
        .toBuffer(),
    )
  await put(folder, 'tall.jpg', await hills(600, 1000, 99).withMetadata({ orientation: 6 }).jpeg().toBuffer())
  const { entries } = await importFolder(app, folder)
  for (const [at, name] of names.entries()) {
    const media = [{ id: mediaIdOf(entries, name), role: 'main' as const }]
    const further = at === 0 ? [{ id: mediaIdOf(entries, 'tall.jpg'), role: 'detail' as const }] : []
    const { fields } = await app.handlers['artworks.propose']({ mediaIds: media.map(({ id }) => id) })
    const said = { title: `Work <${at + 1}>`, series: at < 2 ? 'Öl & Wasser' : null, inventoryNumber: `2026-${at + 1}` }
    await app.handlers['artworks.create']({
      fields: { ...fields, ...said },
      sources: {},
      media: [...media, ...further],
    })
  }
  return { app, to: await makeTempFolder('portfolio') }
}

type PortfolioOrder = Extract<Input<'export.start'>, { works: unknown }>['order'] & { format: 'portfolio' }

const orderTo = (to: string, given: Partial<PortfolioOrder> = {}): PortfolioOrder => ({
  format: 'portfolio',
  to,
  artist: 'Ada Burg',
  about: '',
  contact: '',
  address: '',
  isIndexed: true,
  showsStatus: false,
  showsPrices: false,
  showsProvenance: false,
  ...given,
})

const works = { filter: {}, sort: 'number' } as const

async function ended(app: TestApp): Promise<Export> {
  return new Promise(resolve => {
    const look = async () => {
      const { export: now } = await app.handlers['export.state']({})
      if (!now || now.state === 'running') return
      stop()
      resolve(now)
    }
    const stop = app.subscribe(event => {
      if (event.name === 'export.changed') void look()
    })
    void look()
  })
}

async function exported(app: TestApp, order: PortfolioOrder): Promise<Export> {
  await app.handlers['export.start']({ works, order })
  return ended(app)
}

test('works of a library become a site, and again one that is up to date', async () => {
  const { app, to } = await startWithWorks()
  const first = await exported(app, orderTo(to, { address: 'https://ada.example/art', about: 'Paints.' }))
  expect(first).toMatchObject({ state: 'completed', total: 3, done: 3, path: to, unchanged: 0, refused: 0 })
  expect((await filesIn(to)).filter(name => !name.startsWith('pictures/'))).toEqual([
    'about.html',
    'index.html',
    'keys.js',
    'portfolio.json',
    expect.stringMatching(/^series\/ol-wasser_\d+\.html$/),
    'style.css',
    'works/2026-1.html',
    'works/2026-2.html',
    'works/2026-3.html',
  ])
  expect(await deadLinks(to)).toEqual([])
  const page = await pageAt(to, 'works/2026-1.html')
  expect(textIn(elements(page, 'h1')[0])).toContain('Work <1>')
  const images = elements(page, 'img').map(image => [attribute(image, 'width'), attribute(image, 'height')])
  // The tall one lies on its side in its file, and stands here.
  expect(images).toEqual([
    ['1200', '800'],
    ['1000', '600'],
  ])
  for (const name of (await filesIn(to)).filter(name => name.endsWith('.jpg'))) {
    const { width, height, exif } = await sharp(join(to, name)).metadata()
    expect(name).toContain(`-${width}x${height}.jpg`)
    expect(exif).toBeUndefined()
  }
  expect(await readFile(join(to, 'index.html'), 'utf8')).toContain('https://ada.example/art/pictures/')
  const files = (await filesIn(to)).length
  const again = await exported(app, orderTo(to, { address: 'https://ada.example/art/index.html', about: 'Paints.' }))
  // All but the manifest.
  expect(again).toMatchObject({ state: 'completed', done: 3, unchanged: files - 1, refused: 0 })
})

test('what cannot be done is said before anything is written', async () => {
  const { app, to } = await startWithWorks(1)
  const refused = async (order: PortfolioOrder): Promise<string> => {
    const outcome = await exported(app, order).catch((cause: Error) => cause.message)
    return typeof outcome === 'string' ? outcome : `${outcome.state}: ${outcome.message}`
  }
  expect(await refused(orderTo(to, { artist: '  ' }))).toContain('needs the name of the artist')
  for (const address of [
    'ada.example',
    'javascript:alert(1)',
    'https://ada.example/?a=1',
    'https://a:b@ada.example/',
  ]) {
    expect(await refused(orderTo(to, { address }))).toContain('is no address of a site')
  }
  expect(await refused(orderTo(app.libraryFolder))).toContain('own folder')
  expect(await refused(orderTo(join(to, 'nowhere')))).toContain('There is no folder')
  await writeFile(join(to, 'letter.txt'), '')
  expect(await refused(orderTo(to))).toContain('failed: There is something else in')
  expect(await readdir(to)).toEqual(['letter.txt'])
})

test('a cancelled portfolio says that it is not complete, and the next one completes it', async () => {
  const { app, to } = await startWithWorks(4)
  await app.handlers['export.start']({ works, order: orderTo(to) })
  // Once the first work is there, three are not.
  while (!existsSync(join(to, 'pictures'))) await new Promise(resolve => setImmediate(resolve))
  await app.handlers['export.cancel']({})
  expect((await app.handlers['export.state']({})).export).toMatchObject({ state: 'cancelled' })
  const names = await readdir(to)
  expect(names).toContain('portfolio-unfinished.jsonl')
  expect(names).not.toContain('index.html')
  expect(await exported(app, orderTo(to))).toMatchObject({ state: 'completed', done: 4, refused: 0 })
  expect(await readdir(to)).not.toContain('portfolio-unfinished.jsonl')
  expect(await deadLinks(to)).toEqual([])
})

test('the terminal writes one, with a text about the artist', async () => {
  const { app, to } = await startWithWorks(2)
  await app.stop()
  const about = join(await makeTempFolder('about'), 'about.txt')
  await writeFile(about, 'Paints.\n\nIn Hay.')
  const command = (...args: string[]) => run(['export', 'portfolio', ...args, '--library', app.libraryFolder])
  expect(await command('--to', to)).toMatchObject({ code: 1, stderr: expect.stringContaining('--artist and a name') })
  expect(await command('--to', to, '--artist', 'Ada', '--about', join(to, 'no.txt'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Give a text file that is there'),
  })
  const contact = ['--contact', 'ada@example.com', '--contact', 'Hay Lane 5']
  const done = await command(
    ...['--to', to, '--artist', 'Ada', '--about', about, ...contact, '--show', 'status', '--unlisted'],
  )
  expect(done).toMatchObject({ code: 0, stdout: `A portfolio of 2 artworks is in ${to}.\n` })
  const page = await pageAt(to, 'about.html')
  expect(textIn(elements(page, 'main')[0])).toBe('About Ada Paints. In Hay. Contact ada@example.com Hay Lane 5')
  const robots = elements(page, 'meta').find(meta => attribute(meta, 'name') === 'robots')
  expect(attribute(robots, 'content')).toContain('noindex')
  expect(textIn(elements(await pageAt(to, 'works/2026-1.html'), 'main')[0])).toContain('Available')
})
