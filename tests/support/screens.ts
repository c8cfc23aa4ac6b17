import type { Page } from 'playwright-core'
import { screens, settingsParts } from '../../src/renderer/src/lib/route.ts'
import { untilPicturesDrawn } from './drawn.ts'

export interface ShownScreen {
  /** Of its picture in `docs/screens`. */
  name: string
  /** What follows `#` in the address. */
  route: string
  /** What a person does there. */
  act?(page: Page): Promise<unknown>
}

const pictures = (page: Page) => page.getByRole('listbox', { name: 'Pictures' })

async function choosePicture(page: Page): Promise<void> {
  await page.evaluate(untilPicturesDrawn)
  await pictures(page).focus()
  await page.keyboard.press('Home')
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
  { name: 'artwork-new', route: '/library', act: proposeArtwork },
  { name: 'artwork', route: '/library', act: makeArtwork },
  { name: 'artworks-list', route: '/artworks', act: page => page.locator('.artwork-card').first().waitFor() },
  {
    name: 'artworks-series',
    route: '/artworks?series=1&sort=series',
    act: page => page.locator('.series-line').waitFor(),
  },
]

/** What lies over a screen. */
const over: ShownScreen[] = [
  { name: 'inspector', route: '/library', act: choosePicture },
  {
    name: 'picture',
    route: '/library',
    async act(page) {
      await choosePicture(page)
      await page.keyboard.press('Enter')
      await page.locator('.review').waitFor()
    },
  },
  {
    name: 'filter',
    route: '/library',
    async act(page) {
      await page.evaluate(untilPicturesDrawn)
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByLabel('Find a tag').waitFor()
    },
  },
  {
    name: 'nothing-found',
    route: '/library?q=zebracrossing',
    act: page => page.getByRole('button', { name: 'Show all pictures' }).waitFor(),
  },
  {
    name: 'palette',
    route: '/library',
    async act(page) {
      await page.keyboard.press('ControlOrMeta+k')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'keys',
    route: '/library',
    async act(page) {
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
]

/** Every screen of the page: a new one of `screens` is among them by itself. */
export const shownScreens: readonly ShownScreen[] = [
  ...screens.map(name => ({ name, route: `/${name}`, ...(whatIsDone[name] && { act: whatIsDone[name] }) })),
  ...settingsParts.map(part => ({ name: `settings-${part}`, route: `/settings/${part}` })),
  ...['setup', 'prompts', 'words'].map(part => ({ name: `describe-${part}`, route: `/describe/${part}` })),
  ...works,
  ...over,
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
