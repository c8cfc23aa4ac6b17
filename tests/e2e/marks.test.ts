import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { holdCalls, namesShown, openPage, shareBrowser } from '../support/page.ts'
import { plain, xmpPacket } from '../support/pictures.ts'
import { makeWorkspace, removeWorkspace, startProgram } from '../support/program.ts'

shareBrowser()

/** @param stars that are written in the file of the pond */
async function startWithThree(stars?: number) {
  const workspace = await makeWorkspace()
  onTestFinished(() => removeWorkspace(workspace))
  const studio = join(workspace, 'Studio')
  await mkdir(studio)
  await plain(300, 200, [220, 20, 30]).png().toFile(join(studio, 'barn.png'))
  await plain(300, 200, [30, 160, 50]).png().toFile(join(studio, 'meadow.png'))
  const pond = plain(200, 300, [30, 50, 180])
  if (stars) pond.withXmp(xmpPacket(`<xmp:Rating>${stars}</xmp:Rating>`))
  await pond.png().toFile(join(studio, 'pond.png'))
  const start = async () => {
    const program = await startProgram(['open', studio, '--library', join(workspace, 'library')])
    onTestFinished(async () => void (await program.stop()))
    return program
  }
  return { start, program: await start() }
}

const sorted = async (page: Page) => (await namesShown(page)).toSorted()
const told = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor()

test('keys mark what is current, selected and open, and all of it goes back, also after a restart', async () => {
  const { program, start } = await startWithThree()
  const page = await openPage(program.address)
  const barn = page.getByRole('option', { name: /^barn/ })
  await expect.poll(() => sorted(page)).toEqual(['barn.png', 'meadow.png', 'pond.png'])

  // One, by the keys of the grid.
  await barn.click()
  await page.keyboard.press('p')
  await page.keyboard.press('4')
  await page.keyboard.press('6')
  await told(page, 'Labelled 1 picture red.')
  await expect.poll(() => sorted(page)).toContain('barn.png, picked, 4 stars, red label')
  const marks = page.getByRole('complementary', { name: 'Inspector' }).getByRole('region', { name: 'Marks' })
  await expect.poll(() => marks.getByRole('radio', { name: '4 stars' }).isChecked()).toBe(true)
  await expect.poll(() => marks.getByRole('radio', { name: 'red' }).isChecked()).toBe(true)
  await page.keyboard.press('6')
  await told(page, 'Took the label from 1 picture.')

  // Several at once.
  await page.keyboard.press('Control+a')
  await page.keyboard.press('x')
  await told(page, 'Rejected 3 pictures.')
  await expect
    .poll(() => sorted(page))
    .toEqual(['barn.png, rejected, 4 stars', 'meadow.png, rejected', 'pond.png, rejected'])
  await page.keyboard.press('Control+z')
  await told(page, 'Undone: Reject 3 pictures.')
  await expect.poll(() => sorted(page)).toEqual(['barn.png, picked, 4 stars', 'meadow.png', 'pond.png'])
  await page.keyboard.press('Control+Shift+Z')
  await told(page, 'Redone: Reject 3 pictures.')

  // The open one alone, though all are selected.
  await barn.dblclick()
  await page.getByRole('dialog', { name: 'barn.png' }).waitFor()
  await page.keyboard.press('u')
  await page.keyboard.press('2')
  await page.getByRole('dialog').getByText('Rated 1 picture 2 stars.').waitFor()
  await page.getByRole('dialog').getByRole('img', { name: '2 of 5 stars' }).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => sorted(page)).toEqual(['barn.png, 2 stars', 'meadow.png, rejected', 'pond.png, rejected'])

  // The next start of the program knows what it would undo.
  await page.close()
  await program.stop()
  const again = await openPage((await start()).address)
  await again.getByRole('option', { name: /^barn/ }).waitFor()
  await again.keyboard.press('Control+k')
  await again.getByRole('option', { name: 'Undo: Rate 1 picture 2 stars' }).waitFor()
  await again.keyboard.press('Escape')
  for (const title of ['Rate 1 picture 2 stars', 'Unflag 1 picture', 'Reject 3 pictures']) {
    await again.keyboard.press('Control+z')
    await told(again, `Undone: ${title}.`)
  }
  await expect.poll(() => sorted(again)).toEqual(['barn.png, picked, 4 stars', 'meadow.png', 'pond.png'])
})

test('whoever leaves while something waits to be done is asked, and what is being typed is saved first', async () => {
  const { program } = await startWithThree()
  const page = await openPage(program.address)
  const asked: string[] = []
  page.on('dialog', dialog => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  // Not the reload of the test's own browser, which waits for a page that does not come.
  const leave = () => page.evaluate(() => location.reload())
  const names = () => sorted(page)
  await expect.poll(names).toEqual(['barn.png', 'meadow.png', 'pond.png'])
  const letThrough = await holdCalls(page, 'marks.set')
  await page.getByRole('option', { name: /^barn/ }).click()
  await page.keyboard.press('4')
  await page.keyboard.press('6')
  await leave()
  await expect.poll(() => asked).toEqual(['beforeunload'])
  letThrough()
  await told(page, 'Labelled 1 picture red.')
  await leave()
  await expect.poll(names).toEqual(['barn.png, 4 stars, red label', 'meadow.png', 'pond.png'])
  expect(asked).toEqual(['beforeunload'])

  await page.getByRole('option', { name: /^barn/ }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('button', { name: 'Add Title' }).click()
  await inspector.getByRole('textbox', { name: 'Title' }).fill('The barn in May')
  await leave()
  await expect.poll(() => asked).toEqual(['beforeunload', 'beforeunload'])
  await inspector.getByRole('button', { name: 'Title: The barn in May. Edit' }).waitFor()
  await page.close()
  const again = await openPage(program.address)
  await again.getByRole('option', { name: /^barn/ }).click()
  await again.getByRole('button', { name: 'Title: The barn in May. Edit' }).waitFor()
})

test('stars are given by a click in the grid, and all marks by the radio buttons of the inspector', async () => {
  const { program } = await startWithThree(3)
  const page = await openPage(program.address)
  const meadow = page.getByRole('option', { name: /^meadow/ })
  await meadow.hover()
  await meadow.locator('[data-rating="3"]').click()
  await expect.poll(() => sorted(page)).toContain('meadow.png, 3 stars')
  await meadow.locator('[data-rating="3"]').click()
  await expect.poll(() => sorted(page)).toContain('meadow.png')

  await meadow.click()
  const marks = page.getByRole('complementary', { name: 'Inspector' }).getByRole('region', { name: 'Marks' })
  const flag = marks.getByRole('group', { name: 'Flag' })
  await flag.getByRole('radio', { name: 'Neither picked nor rejected' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => sorted(page)).toContain('meadow.png, rejected')
  // The keyboard stays in the group.
  await expect.poll(() => flag.getByRole('radio', { name: 'Rejected', exact: true }).isChecked()).toBe(true)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => sorted(page)).toContain('meadow.png, picked')
  await marks.getByRole('radio', { name: 'purple' }).check({ force: true })
  await expect.poll(() => sorted(page)).toContain('meadow.png, picked, purple label')

  // Stars of a file come back, and so do those that went for them.
  await page.getByRole('option', { name: 'pond.png, 3 stars' }).click()
  await marks.getByText('stars from the file').waitFor()
  await page.keyboard.press('5')
  await expect.poll(() => sorted(page)).toContain('pond.png, 5 stars')
  await marks.getByRole('button', { name: 'As in the file: 3 stars' }).press('Enter')
  await expect.poll(() => sorted(page)).toContain('pond.png, 3 stars')
  await marks.getByText('stars from the file').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.ariaLabel)).toBe('3 stars')
  await told(page, 'Took your stars from 1 picture.')
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => sorted(page)).toContain('pond.png, 5 stars')
})

test('no key of a mark does anything else where pictures are, and the sheet of keys names them', async () => {
  const { program } = await startWithThree()
  const page = await openPage(program.address)
  await page.getByRole('option', { name: /^pond/ }).click()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keys' })
  await sheet.getByRole('heading', { name: 'Marks' }).waitFor()
  const keys = await sheet.locator('p > :last-child').evaluateAll(caps => caps.map(cap => cap.textContent ?? ''))
  const mine = ['P', 'X', 'U', ...'0123456789']
  expect(mine.map(key => keys.filter(each => each === key).length)).toEqual(mine.map(() => 1))
})
