/**
 * A person's way through thousands of real pictures, a part of it each. What is expected is counted on the disk, not by the
 * program. BURG_INK_CORPUS=full takes all 8,121 names of the corpus, else some of each of its folders.
 */
import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClipArt, type Corpus, clipArt, whyNoClipArt } from '../support/clip-art.ts'
import { untilPicturesDrawn } from '../support/drawn.ts'
import { namesShown, openPage, shareBrowser } from '../support/page.ts'
import { cli, makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'
import { callsTo } from '../support/studio.ts'

const run = promisify(execFile)
const isWhole = process.env.BURG_INK_CORPUS === 'full'
const copied = 500
const minutes = 60_000

const title = `Clip art${whyNoClipArt === null ? '' : ` (${whyNoClipArt})`}`
describe.skipIf(whyNoClipArt !== null)(title, { timeout: 3 * minutes }, () => {
  shareBrowser()

  let workspace: string
  let library: string
  let corpus: Corpus
  let program: Program
  let imported: Record<string, unknown>
  beforeAll(async () => {
    workspace = await makeWorkspace()
    library = join(workspace, 'library')
    corpus = await clipArt(isWhole ? undefined : { to: join(workspace, 'Clip art'), count: copied })
    // It ends with 1 where files could not be read, as two of these.
    const { stdout } = await run(process.execPath, [
      cli,
      'import',
      corpus.folder,
      '--library',
      library,
      '--json',
    ]).catch((failed: { stdout: string }) => failed)
    imported = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
    program = await startProgram(['serve', '--library', library])
  }, 20 * minutes)
  afterAll(async () => {
    await program?.stop()
    await removeWorkspace(workspace)
  })

  /** At a place of the page, with its pictures drawn. */
  async function openAt(route: string): Promise<Page> {
    const page = await openPage(program.address)
    await grid(page).waitFor()
    await go(page, route)
    return page
  }
  async function go(page: Page, route: string): Promise<void> {
    await page.goto(`${program.origin}/#${route}`)
    // Anew: what was drawn before is not taken for it.
    await page.reload()
    await grid(page).waitFor()
    await page.evaluate(untilPicturesDrawn)
  }
  /** What could not be opened is a tile with its reason. */
  const everything = () => corpus.pictures.concat(corpus.tooLarge)
  const shown = () => everything().length

  test('every file of it is accounted for', async () => {
    expect(imported).toMatchObject({
      found: corpus.count,
      imported: corpus.pictures.length,
      skipped: corpus.links,
      failed: corpus.tooLarge.length,
    })
    const page = await openAt('/library')
    await page
      .getByRole('navigation')
      .getByRole('button', { name: `Failed ${corpus.tooLarge.length}` })
      .click()
    const failed = grid(page).getByRole('option')
    await expect.poll(() => failed.count()).toBe(corpus.tooLarge.length)
    await failed
      .first()
      .getByText(/megapixels; Burg Ink opens up to 512/)
      .waitFor()
    await page.goto(`${program.origin}/#/activity`)
    const ends = page.getByRole('group', { name: 'Files by how they ended' })
    for (const [outcome, count] of [
      ['Imported', corpus.pictures.length],
      ['Skipped', corpus.links],
      ['Failed', corpus.tooLarge.length],
    ] as const)
      await ends.getByRole('button', { name: `${outcome} ${many(count)}`, exact: true }).waitFor()
  })

  test('library: sizes, order, selections of any extent, a collection and a view', async () => {
    const page = await openAt('/library?sort=largest')
    const bySize = everything().toSorted((a, b) => b.bytes - a.bytes)
    await expect.poll(() => counted(page)).toBe(`${many(shown())} pictures`)
    await expect
      .poll(async () => (await filesShown(page)).slice(0, 3))
      .toEqual(bySize.slice(0, 3).map(({ name }) => name))

    // Larger are fewer, and neither way leaves a place without its picture.
    const drawn = () => page.evaluate<number>(untilPicturesDrawn)
    const usual = await drawn()
    await grid(page).focus()
    for (const _ of [1, 2, 3]) await page.keyboard.press('+')
    await expect.poll(drawn).toBeLessThan(usual)
    for (const _ of [1, 2, 3, 4, 5, 6]) await page.keyboard.press('-')
    await expect.poll(drawn).toBeGreaterThan(usual)

    // To the other end and back, in one step each.
    await page.keyboard.press('End')
    const least = bySize.at(-1)?.bytes
    const smallest = bySize.filter(({ bytes }) => bytes === least).map(({ name }) => name)
    await expect.poll(async () => smallest.includes((await filesShown(page)).at(-1) ?? '')).toBe(true)
    await page.keyboard.press('Shift+Home')
    await expect.poll(() => counted(page)).toBe(`${many(shown())} of ${many(shown())} selected`)
    await page.keyboard.press('Control+i')
    await expect.poll(() => counted(page)).toBe(`${many(shown())} pictures`)
    await page.keyboard.press('Home')
    for (const _ of [1, 2, 3, 4]) await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => counted(page)).toBe(`5 of ${many(shown())} selected`)
    await page.keyboard.press('Control+i')
    await expect.poll(() => counted(page)).toBe(`${many(shown() - 5)} of ${many(shown())} selected`)

    // All but five go into a collection at once, and out of it again.
    const place = (name: RegExp) => page.getByRole('navigation').getByRole('button', { name })
    await page.keyboard.press('b')
    await page.getByRole('combobox', { name: /^Collection/ }).fill('Most')
    await page.keyboard.press('Enter')
    await place(new RegExp(`^Most ${many(shown() - 5)}$`)).waitFor({ timeout: minutes })
    await page.keyboard.press('Control+z')
    await expect.poll(() => place(/^Most/).count()).toBe(0)
    await page.keyboard.press('Control+Shift+z')
    await place(/^Most/).click()
    await expect.poll(() => counted(page)).toBe(`${many(shown() - 5)} pictures`)

    // What narrows it is kept under a name, and led back to.
    await page.keyboard.press('/')
    await page.keyboard.type('type:png size:<100kb')
    await page.keyboard.press('Enter')
    const small = bySize.slice(5).filter(({ bytes }) => bytes < 100_000).length
    await expect.poll(() => counted(page)).toBe(`${many(small)} pictures`)
    await page.keyboard.press('Shift+v')
    await page.getByRole('textbox', { name: 'Name of this view' }).fill('Small ones')
    await page.keyboard.press('Enter')
    await place(/^All pictures/).click()
    await expect.poll(() => counted(page)).toBe(`${many(shown())} pictures`)
    await place(/^Small ones$/).click()
    await expect.poll(() => counted(page)).toBe(`${many(small)} pictures`)
  })

  test('find: what is typed, counted facets, a swatch, what is similar, and what is nearly the same', async () => {
    const page = await openAt('/library?sort=name')
    const box = page.getByRole('combobox', { name: 'Find pictures' })
    const find = async (text: string): Promise<string> => {
      await box.fill(text)
      await page.waitForFunction(
        typed => new URLSearchParams(location.hash.split('?')[1]).get('q') === typed,
        text.trim(),
      )
      await page.locator('.result-count:not(:empty)').waitFor()
      await expect.poll(() => counted(page)).not.toBe('')
      return text
    }
    const finds = async (text: string, expected: number): Promise<void> => {
      await find(text)
      await expect.poll(() => counted(page), { message: text }).toBe(pictures(expected))
    }
    const called = (word: string) => corpus.pictures.filter(each => wordsOf(each).includes(word)).length
    await finds('type:png ', corpus.pictures.length)
    await finds('size:>=200kb ', everything().filter(({ bytes }) => bytes >= 200_000).length)
    await finds('penguin ', called('penguin'))
    await finds('animals -mammals ', called('animals') - corpus.pictures.filter(isOf('animals', 'mammals')).length)
    await finds('"animals mammals" ', corpus.pictures.filter(isOf('animals', 'mammals')).length)
    await find('tag:nothing-like-this ')
    await page.getByRole('heading', { name: 'No picture matches' }).waitFor()
    await find('colr:red ')
    await page.getByText('There is no “colr:”. Did you mean color:?').first().waitFor()

    // A facet holds as many as it says, and two of them no more than either.
    await box.fill('')
    await page.keyboard.press('Escape')
    await expect.poll(() => counted(page)).toBe(pictures(shown()))
    await page.getByRole('button', { name: 'Filter' }).click()
    const panel = page.getByRole('dialog', { name: 'Filter' })
    const red = panel.getByRole('button', { name: /^red/ })
    const reds = await countOf(red)
    await red.click()
    await expect.poll(() => counted(page)).toBe(pictures(reds))
    const yellow = panel.getByRole('button', { name: /^yellow/ })
    await expect.poll(() => countOf(yellow)).toBeLessThanOrEqual(reds)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })

    // The further a colour may be away, the more are near it.
    const call = callsTo(program.address)
    const nearWithin = async (tolerance: number): Promise<number> => {
      const filter = { text: `color:#cc2222~${tolerance} ` }
      return (await call('media.index', { filter, sort: 'name', pageSize: 100 })).total
    }
    const [near, further] = [await nearWithin(5), await nearWithin(20)]
    expect(near).toBeGreaterThan(0)
    expect(further).toBeGreaterThan(near)
    await finds('color:#cc2222~20 ', further)

    // Of a picture there are others like it, the most alike first.
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    const similar = inspector.getByRole('button', { name: /% alike$/ })
    const listed = await call('media.page', { filter: {}, sort: 'name', after: null, limit: 200 })
    let first = ''
    for (const { id, filename } of listed.items) {
      const { items } = await call('media.similar', { id, by: 'look', limit: 2 })
      if (items.length > 0) first = filename
      if (first !== '') break
    }
    await go(page, '/library?sort=name')
    await grid(page).getByRole('option', { name: first, exact: true }).first().click()
    await inspector.getByRole('heading', { name: first, exact: true }).waitFor()
    await page.keyboard.press('s')
    await expect.poll(() => similar.count()).toBeGreaterThan(0)
    const likeness = await similar.evaluateAll(all =>
      all.map(each => Number(/(\d+) % alike/.exec(each.ariaLabel ?? '')?.[1])),
    )
    expect(likeness).toEqual(likeness.toSorted((a, b) => b - a))
    await page.keyboard.press('Shift+L')
    const group = page.getByRole('region', { name: /pictures like/ }).first()
    await group.getByRole('button').first().focus()
    await page.keyboard.press('Enter')
    await page
      .getByRole('dialog')
      .getByText(/^1 of /)
      .waitFor()
    await page.keyboard.press('c')
    await page.getByRole('dialog', { name: /pictures side by side$/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await group.waitFor()
  })

  test('review: close, next, marks that lead on, side by side, and all of it undone after a restart', async () => {
    const page = await openAt('/library?sort=name&q=animals')
    const all = everything().filter(each => wordsOf(each).some(word => word.startsWith('animals'))).length
    const review = page.getByRole('dialog')
    const name = () => review.getAttribute('aria-label')
    const marks = review.locator('.review-marks')
    await grid(page).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Space')
    await review.locator('.review-decoded img').waitFor()
    const first = await name()
    await page.keyboard.press('z')
    await review.getByText('1:1 original').waitFor()
    await page.keyboard.press('Escape')

    for (let i = 0; i < 10; i++) {
      const before = await name()
      await page.keyboard.press('ArrowRight')
      await expect.poll(name).not.toBe(before)
      await review
        .getByRole('img', { name: (await name()) ?? '', exact: true })
        .first()
        .waitFor()
    }
    await page.keyboard.press('Shift+F')
    await review.getByRole('navigation', { name: 'Filmstrip' }).locator('[aria-current]').waitFor()
    await page.keyboard.press('Home')
    await expect.poll(name).toBe(first)

    // A key for each, and the next is there: as many pictures are looked through.
    await page.keyboard.press('m')
    const keys = ['p', 'x', '4', '2', '6', '5']
    const marked = 24
    for (let i = 0; i < marked; i++) {
      await page.keyboard.press(keys[i % keys.length] as string)
      await review.getByText(`${i + 2} of ${many(all)}`).waitFor()
    }
    await page.keyboard.press('m')
    await page.keyboard.press('Home')
    await marks.getByText('Picked').waitFor()
    // They are shown before they are saved, and the test's browser asks nobody before it loads a page anew.
    const rated = { filter: { text: 'rating:>=4' }, sort: 'name', pageSize: 100 } as const
    await expect.poll(async () => (await callsTo(program.address)('media.index', rated)).total).toBe(8)
    await page.keyboard.press('Escape')
    await review.waitFor({ state: 'detached' })
    await go(page, '/library?sort=name&q=is:picked')
    await expect.poll(() => counted(page)).toBe('4 pictures')
    await grid(page).focus()
    await page.keyboard.press('Home')
    for (const _ of [1, 2, 3]) await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('c')
    await page.getByRole('dialog', { name: '4 pictures side by side' }).waitFor()
    await page.keyboard.press('z')
    await expect.poll(() => review.locator('.review-sheet').count()).toBe(4)
    await page.close()

    // Another day: what was done last is known, taken back one by one, and done again.
    await program.stop()
    program = await startProgram(['serve', '--library', library])
    const again = await openAt('/library?sort=name&q=rating:>=4')
    await expect.poll(() => counted(again)).toBe('8 pictures')
    for (let i = 0; i < marked; i++) await again.keyboard.press('Control+z')
    await expect.poll(() => counted(again)).toBe('0 pictures')
    for (let i = 0; i < marked; i++) await again.keyboard.press('Control+Shift+z')
    await expect.poll(() => counted(again)).toBe('8 pictures')
  })

  test('artworks: drafts from pictures, confirmed, numbered, listed', async () => {
    const page = await openAt('/library?sort=name&q=people')
    const field = (label: string) => page.getByLabel(label, { exact: true })
    for (const [i, title] of ['Herd at noon', 'Low water'].entries()) {
      await go(page, '/library?sort=name&q=people')
      await grid(page).focus()
      await page.keyboard.press('Home')
      for (let step = 0; step < i; step++) await page.keyboard.press('ArrowRight')
      await page.keyboard.press('a')
      await field('Title').waitFor()
      await expect.poll(() => field('Title').inputValue()).not.toBe('')
      await page.keyboard.press('Shift+Y')
      await expect.poll(() => page.getByRole('button', { name: /^Confirm .+, / }).count()).toBe(0)
      await field('Title').fill(title)
      await field('Year').fill('2020')
      await field('Series').fill('Plain')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
      await expect.poll(() => field('Inventory no.').inputValue()).toBe(`2020-00${i + 1}`)
    }
    await page.getByRole('button', { name: 'All of “Plain”' }).click()
    await page.getByRole('button', { name: /^Herd at noon/ }).waitFor()
    await page.getByRole('button', { name: /^Low water/ }).click()
    await page.getByRole('heading', { name: 'Low water', level: 1 }).waitFor()
    await go(page, '/library?q=is:artwork')
    await expect.poll(() => counted(page)).toBe('2 pictures')
  })

  test('out: a table, JSON and sidecars, as other programs read them', async () => {
    const out = join(workspace, 'Out')
    await mkdir(out)
    const page = await openAt('/library?sort=name&q=plants')
    await grid(page).focus()
    await page.keyboard.press('Home')
    for (let i = 1; i < 8; i++) await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('5')
    await go(page, '/library?sort=name&q=plants+rating:5')
    await expect.poll(() => counted(page)).toBe('8 pictures')
    const rated = (await filesShown(page)).toSorted()
    const write = async (which: RegExp, format: RegExp, told: RegExp): Promise<void> => {
      await page.goto(`${program.origin}/#/export`)
      await page.getByRole('radio', { name: which }).check()
      await page.getByRole('radio', { name: format }).check()
      await page.getByRole('textbox', { name: 'Path of the folder' }).fill(out)
      await page.keyboard.press('Control+Enter')
      await page.getByText(told).waitFor({ timeout: minutes })
    }
    await write(/^The whole library/, /^Table/, /^Exported [\d,]+ pictures to .*\.csv\.$/)
    await write(/^The whole library/, /^JSON/, /^Exported [\d,]+ pictures to .*\.json\.$/)
    await write(/^This view/, /^Sidecars/, /^8 sidecars written/)
    const names = await readdir(out, { recursive: true })
    const named = (ending: string) => join(out, names.find(name => name.endsWith(ending)) ?? '')

    const reader =
      'import csv, json, sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline="")))))'
    const table = await run('python3', ['-c', reader, named('.csv')], { maxBuffer: 1e9 })
    const rows: Record<string, string>[] = JSON.parse(table.stdout)
    expect(pathsOf(rows)).toEqual(pathsOf(everything()))
    const bytes = new Map(corpus.pictures.map(each => [each.sha256, String(each.bytes)]))
    expect(rows.filter(row => row.status === 'done' && bytes.get(row.sha256 ?? '') !== row.size_bytes)).toEqual([])
    const json: { media: { path: string; rating: number | null }[] } = JSON.parse(
      await readFile(named('.json'), 'utf8'),
    )
    expect(pathsOf(json.media)).toEqual(pathsOf(rows))
    expect(json.media.filter(({ path, rating }) => path.startsWith('plants/') && rating === 5).length).toBe(8)

    const exif = await run('exiftool', ['-json', '-r', '-ext', 'xmp', '-XMP-xmp:Rating', out])
    const sidecars: { SourceFile: string; Rating: number }[] = JSON.parse(exif.stdout)
    expect(sidecars.map(({ Rating }) => Rating).toSorted()).toEqual(rated.map(() => 5))
    const stems = sidecars.map(({ SourceFile }) =>
      SourceFile.split('/')
        .at(-1)
        ?.replace(/(\.png)?\.xmp$/, ''),
    )
    expect(stems.toSorted()).toEqual(rated.map(name => name.replace(/\.png$/, '')))
  })

  test('keys: each command is found by its name, and the sheet names the key of each that has one', async () => {
    const page = await openAt('/library?sort=name')
    await page.keyboard.press('Control+k')
    const commands = page.getByRole('dialog', { name: 'Commands' }).getByRole('option')
    await commands.first().waitFor()
    const withKeys = await commands.evaluateAll(all =>
      all
        .filter(each => each.querySelector('.keycaps'))
        .map(each => each.querySelector('.choice-text')?.textContent ?? ''),
    )
    expect(withKeys.length).toBeGreaterThan(20)
    await page.keyboard.type('look-alikes')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Look-alikes', level: 1 }).waitFor()
    await page.keyboard.press('Escape')
    await grid(page).waitFor()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys' })
    await sheet.waitFor()
    const listed = await sheet.locator('p > span:first-child').allTextContents()
    expect(withKeys.filter(title => !listed.includes(title))).toEqual([])
  })
})

const grid = (page: Page) => page.getByRole('listbox', { name: 'Pictures' })
/** Without the marks that the name of a tile goes on with. */
const filesShown = async (page: Page) => (await namesShown(page)).map(name => name.split(', ')[0] ?? '')
const counted = (page: Page) => page.locator('.result-count').textContent()
const many = (count: number) => count.toLocaleString('en-US')
const pictures = (count: number) => `${many(count)} picture${count === 1 ? '' : 's'}`

/** The words of where it lies, as one would look for them. */
const wordsOf = ({ path }: ClipArt): string[] => path.toLowerCase().split(/[^a-z0-9]+/)

/** In a folder with these names, one below the other. */
const isOf =
  (...folders: string[]) =>
  ({ path }: ClipArt): boolean =>
    path.startsWith(`${folders.join('/')}/`)

const countOf = async (facet: ReturnType<Page['locator']>): Promise<number> =>
  Number(/([\d,]+)$/.exec((await facet.textContent()) ?? '')?.[1]?.replaceAll(',', ''))

const pathsOf = (all: { path?: string }[]): string[] => all.map(({ path }) => path ?? '').toSorted()
