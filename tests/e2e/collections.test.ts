import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { namesShown, openPage, shareBrowser } from '../support/page.ts'
import { plain } from '../support/pictures.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'

shareBrowser()

let workspace: string
let program: Program
beforeAll(async () => {
  workspace = await makeWorkspace()
  const studio = join(workspace, 'Studio')
  await mkdir(studio)
  for (const [i, name] of ['barn', 'meadow', 'valley'].entries()) {
    await plain(300, 200, [40 + i * 60, 60, 90])
      .png()
      .toFile(join(studio, `${name}.png`))
  }
  program = await startProgram(['open', studio, '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

test('a collection is made, filled, renamed, emptied, deleted and brought back with the keyboard alone', async () => {
  const page = await openPage(program.address)
  const option = (name: string) => page.getByRole('option', { name, exact: true })
  const place = (name: RegExp) => page.getByRole('navigation').getByRole('button', { name })
  await option('barn.png').click()
  await option('meadow.png').click({ modifiers: ['Control'] })
  // Without a pause in between: the letters are for what the key opened, and no commands of the grid.
  await page.keyboard.press('b')
  await page.keyboard.type('Basel')
  await page.keyboard.press('Enter')
  await page.getByText('Put 2 pictures into “Basel”.').waitFor()
  await place(/^Basel 2$/).click()
  await page.getByRole('heading', { name: 'Basel', exact: true }).waitFor()
  await expect.poll(async () => (await namesShown(page)).sort()).toEqual(['barn.png', 'meadow.png'])

  await option('barn.png').click()
  await page.keyboard.press('Delete')
  await page.getByText('Took 1 picture from “Basel”.').waitFor()
  await expect.poll(() => namesShown(page)).toEqual(['meadow.png'])
  await page.keyboard.press('Control+z')
  await place(/^Basel 2$/).waitFor()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('rename this collection')
  await page.keyboard.press('Enter')
  const field = page.getByRole('textbox', { name: 'Name of the collection' })
  await expect.poll(() => field.inputValue()).toBe('Basel')
  await page.keyboard.type('Shown in Basel')
  await page.keyboard.press('Enter')
  await place(/^Shown in Basel 2$/).waitFor()
  // The keys go on where they were.
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('grid-scroller')

  await page.getByRole('button', { name: 'Delete Shown in Basel' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Delete “Shown in Basel”? Its 2 pictures stay in the library.').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Keep')
  await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter')
  await page.getByText('Deleted the collection “Shown in Basel”.').waitFor()
  await expect.poll(async () => (await namesShown(page)).length).toBe(3)
  await page.keyboard.press('Control+z')
  await place(/^Shown in Basel 2$/).waitFor()
})

test('a view is saved, led back to, and deleted; what is new and to review is counted', async () => {
  const page = await openPage(program.address)
  const place = (name: RegExp) => page.getByRole('navigation').getByRole('button', { name })
  await place(/^To review 3$/).click()
  await page.getByRole('heading', { name: 'To review', exact: true }).waitFor()
  await place(/^New 3$/).waitFor()
  await page.getByRole('listbox', { name: 'Pictures' }).focus()
  await page.keyboard.press('Shift+v')
  await page.getByRole('textbox', { name: 'Name of this view' }).fill('Waiting')
  await page.keyboard.press('Enter')
  await expect.poll(() => place(/^Waiting$/).getAttribute('aria-current')).toBe('page')
  await place(/^All pictures/).click()
  await place(/^Waiting$/).click()
  await page.getByRole('heading', { name: 'To review', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Delete Waiting' }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByText('Deleted the view “Waiting”.').waitFor()
  await expect.poll(() => place(/^Waiting$/).count()).toBe(0)
})

test('pictures are dragged onto a collection: what is selected as one, what is not alone; and undo takes them out', async () => {
  const page = await openPage(program.address)
  const option = (name: string) => page.getByRole('option', { name, exact: true })
  const place = (name: RegExp) => page.getByRole('navigation').getByRole('button', { name })
  await page.getByRole('listbox', { name: 'Pictures' }).focus()
  await page.keyboard.press('Shift+b')
  await page.getByRole('textbox', { name: 'Name of the new collection' }).fill('Harbour')
  await page.keyboard.press('Enter')
  await place(/^Harbour 0$/).waitFor()

  await option('barn.png').click()
  await option('meadow.png').click({ modifiers: ['Control'] })
  await option('meadow.png').hover()
  await page.mouse.down()
  await place(/^Harbour/).hover()
  await place(/^Harbour/).hover()
  await page.locator('.takes-drop.is-over').getByText('Harbour').waitFor()
  await page.mouse.up()
  await page.getByRole('status').getByText('Added to “Harbour”.').waitFor()
  await place(/^Harbour 2$/).waitFor()
  expect(await page.locator('.takes-drop').count()).toBe(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await place(/^Harbour 0$/).waitFor()

  await option('valley.png').dragTo(place(/^Harbour/))
  await place(/^Harbour 1$/).waitFor()
  await expect.poll(() => option('valley.png').getAttribute('aria-selected')).toBe('true')
  // Anywhere else nothing takes them, and nothing is imported.
  await option('barn.png').dragTo(place(/^All pictures/))
  await expect.poll(() => page.locator('.takes-drop').count()).toBe(0)
  await place(/^Harbour 1$/).waitFor()
})
