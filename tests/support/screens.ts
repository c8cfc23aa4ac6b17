import type { Page } from 'playwright-core'
import { screens, settingsParts } from '../../src/renderer/src/lib/route.ts'
import { untilPicturesDrawn } from './drawn.ts'

export interface ShownScreen {
  /** Of its picture in `docs/screens`. */
  name: string
  /** What is to be seen there, in a few words. */
  about: string
  /** What follows `#` in the address. */
  route: string
  /** What a person does there. */
  act?(page: Page): Promise<unknown>
}

const pictures = (page: Page) => page.getByRole('listbox', { name: 'Pictures' })

/** Of the paintings by name, the fourth. */
const paintings = '/library?q=paintings&sort=name'

async function choosePicture(page: Page): Promise<void> {
  await page.evaluate(untilPicturesDrawn)
  await pictures(page).focus()
  await page.keyboard.press('Home')
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight')
}

const inventory = `Inventory number,Title,Year,Medium,Dimensions,Price,Status,Notes
2024-001,Low tide,2024,Oil on canvas,50 × 70 cm,"1,200 EUR",available,
2024-002,Pier,2024,Oil on canvas,30 × 40 cm,450 EUR,sold,framed
2024-003,Gulls,soon,Charcoal,21 × 30 cm,,available,
2024-004,Harbour,2023–24,Etching,20 × 15 cm,80 EUR,on loan,
`

const whatIsDone: Partial<Record<string, ShownScreen['act']>> = {
  library: page => page.evaluate(untilPicturesDrawn),
  'import-table': async page => {
    const buffer = Buffer.from(inventory)
    await page.getByLabel('File with the table').setInputFiles({ name: 'inventory.csv', mimeType: 'text/csv', buffer })
    await page.getByText(/^inventory\.csv, /).waitFor()
    await page.keyboard.press('ControlOrMeta+Enter')
    await page.getByText('Nothing is written yet. 1 row will be left out, and says why.').waitFor()
  },
}

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })

/** What a work of the first picture would say. */
async function proposeArtwork(page: Page): Promise<void> {
  await choosePicture(page)
  await page.keyboard.press('a')
  await page.getByRole('heading', { name: 'Make an artwork' }).waitFor()
  await field(page, 'Title').waitFor()
}

/** A work with everything that its page can have. */
async function makeArtwork(page: Page): Promise<void> {
  await proposeArtwork(page)
  await field(page, 'Title').fill('Night ferry')
  await field(page, 'Series').fill('Harbours')
  await field(page, 'Price').fill('300 EUR')
  await field(page, 'Edition').fill('3 + 1 AP')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'List all copies' }).click()
  await page.getByLabel('Status of 1/3').selectOption('sold')
  await page.getByText('1 of 3 sold').waitFor()
}

/** Works, after what they are made on. */
const works: ShownScreen[] = [
  {
    name: 'artwork-new',
    about: 'An artwork proposed from a picture, each field with its source, to confirm',
    route: paintings,
    act: proposeArtwork,
  },
  { name: 'artwork', about: 'The page of an artwork, with its copies', route: paintings, act: makeArtwork },
  {
    name: 'artworks-list',
    about: 'Artworks, once there are some',
    route: '/artworks',
    act: page => page.locator('.artwork-card').first().waitFor(),
  },
  {
    name: 'artworks-series',
    about: 'A series, in its own order',
    route: '/artworks?series=1&sort=series',
    act: page => page.locator('.series-line').waitFor(),
  },
]

/** What lies over a screen. */
const over: ShownScreen[] = [
  {
    name: 'work',
    about: 'All work: every piece of it, and one of them step by step',
    route: '/activity/work?of=import-file',
    async act(page) {
      const work = page.getByRole('list', { name: 'Work' })
      await work.getByRole('button').nth(1).click()
      await page.getByRole('list', { name: 'Steps' }).waitFor()
    },
  },
  {
    name: 'settings-work',
    about: 'What does the work: an Inngest elsewhere is set up',
    route: '/settings',
    async act(page) {
      await page.getByLabel('Done by').selectOption('cloud')
      await page.getByText('Shown in Activity for').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'inspector',
    about: 'A picture chosen: its marks, what is suggested of it, every fact',
    route: '/library?sort=name',
    async act(page) {
      await page.evaluate(untilPicturesDrawn)
      await pictures(page)
        .getByRole('option', { name: /^Crane/ })
        .click()
    },
  },
  {
    name: 'picture',
    about: 'Review: one picture, edge to edge',
    route: paintings,
    async act(page) {
      await choosePicture(page)
      await page.keyboard.press('Enter')
      await page.locator('.review').waitFor()
    },
  },
  {
    name: 'find',
    about: 'What can be typed is offered, with how many pictures have it',
    route: '/library',
    async act(page) {
      await page.evaluate(untilPicturesDrawn)
      await page.keyboard.press('/')
      await page.keyboard.type('color:')
      await page.getByRole('listbox', { name: 'What can be looked for' }).getByRole('option').first().waitFor()
    },
  },
  {
    name: 'compare',
    about: 'Three pictures side by side, zoomed as one',
    route: paintings,
    async act(page) {
      await choosePicture(page)
      for (const _ of [1, 2]) await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('c')
      await page.locator('.review-sheet').nth(2).waitFor()
    },
  },
  {
    name: 'filter',
    about: 'The filter panel, with counts',
    route: '/library',
    async act(page) {
      await page.evaluate(untilPicturesDrawn)
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByLabel('Find a tag').waitFor()
    },
  },
  {
    name: 'nothing-found',
    about: 'No picture matches: what to do',
    route: '/library?q=zebracrossing',
    act: page => page.getByRole('button', { name: 'Show all pictures' }).waitFor(),
  },
  {
    name: 'palette',
    about: 'The palette: every command by its name',
    route: '/library',
    async act(page) {
      await page.keyboard.press('ControlOrMeta+k')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'keys',
    about: 'The sheet of keys',
    route: '/library',
    async act(page) {
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'groups',
    about: 'Justified rows, in sections by folder',
    route: '/library?sort=name&group=folder',
    async act(page) {
      await pictures(page).focus()
      await page.keyboard.press('j')
      await page.locator('.grid-heading').first().waitFor({ state: 'attached' })
      await page.evaluate(untilPicturesDrawn)
      // The next screen is laid out as usual.
      await page.evaluate(() => localStorage.removeItem('burg-ink.grid-layout'))
    },
  },
]

const abouts: Record<(typeof screens)[number], string> = {
  library: 'The grid: pictures and nothing else until asked for',
  artworks: 'Artworks: their list, or what they are while there is none',
  activity: 'Activity: what came of every file of an import, with its reason',
  import: 'Import: a folder is chosen',
  drive: 'Google Drive, before an account is connected',
  describe: 'Descriptions: runs of a model, before the first',
  duplicates: 'Look-alikes, side by side',
  export: 'Export: which pictures, which format, whereto',
  'import-table': 'A table of works is read: what its columns mean, and what would come of it',
  sidecars: 'What other programs wrote beside the originals, to be taken over',
  welcome: 'The first of the three steps of a first run',
  settings: 'Settings',
}
const partAbouts = {
  storage: 'Where originals are kept: the form of a store',
  setup: 'Who describes pictures, and what it may cost',
  prompts: 'Prompts of one’s own, and a trial of them',
  words: 'The words that a model may choose from',
} as const
const describeParts = ['setup', 'prompts', 'words'] as const

/** Every screen of the page: a new one of `screens` is among them by itself. */
export const shownScreens: readonly ShownScreen[] = [
  ...screens.map(name => ({
    name,
    about: abouts[name],
    route: `/${name}`,
    ...(whatIsDone[name] && { act: whatIsDone[name] }),
  })),
  ...settingsParts.map(part => ({ name: `settings-${part}`, about: partAbouts[part], route: `/settings/${part}` })),
  ...describeParts.map(part => ({ name: `describe-${part}`, about: partAbouts[part], route: `/describe/${part}` })),
  ...works,
  ...over,
]

/** What there is only in a library that somebody has worked in. */
export const workedInScreens: readonly ShownScreen[] = [
  {
    name: 'collection',
    about: 'A collection, of pictures from anywhere',
    route: '/library',
    async act(page) {
      await page
        .getByRole('navigation', { name: 'Library' })
        .getByRole('button', { name: /^For the website/ })
        .click()
      await page.evaluate(untilPicturesDrawn)
    },
  },
  {
    name: 'marked',
    about: 'Flags, stars and labels, found by typing',
    route: '/library?q=rating:>=3&sort=name',
    act: page => page.evaluate(untilPicturesDrawn),
  },
]

/** Goes there as by a link, and waits until nothing more is loaded. */
export async function showScreen(page: Page, address: string, { route, act }: ShownScreen): Promise<void> {
  await page.goto(`${address}#${route}`)
  // A page that only changed its place would keep what lay over it.
  await page.reload()
  await page.getByRole('navigation', { name: 'Library' }).waitFor()
  await page.waitForLoadState('networkidle')
  await act?.(page)
}
