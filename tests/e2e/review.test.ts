import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { namesShown, openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { discs } from '../support/pictures.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'

shareBrowser()

/** Debian's package openclipart-png. */
const clipArt = '/usr/share/openclipart/png'
const artCount = 12

let workspace: string
let program: Program
beforeAll(async () => {
  workspace = await makeWorkspace()
  const studio = join(workspace, 'Studio')
  await mkdir(studio)
  // Two that are larger than their previews, of which no browser shows the second; by name they are first.
  const large = await discs(3000, 2000, 5).flatten({ background: '#ffffff' }).png().toBuffer()
  await sharp(large).jpeg().toFile(join(studio, '1 large.jpg'))
  await sharp(large).modulate({ hue: 120 }).jpeg().toFile(join(studio, '2 large.jpg'))
  await sharp(large).flop().tiff({ compression: 'lzw' }).toFile(join(studio, '3 scan.tif'))
  await sharp(large).resize(600).jpeg({ quality: 80 }).toFile(join(studio, '4 copy.jpg'))
  await fillWithArt(studio)
  program = await startProgram(['open', studio, '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

/** Real pictures where they are installed, drawn ones elsewhere. */
async function fillWithArt(folder: string): Promise<void> {
  const names = existsSync(clipArt) ? await readdir(clipArt, { recursive: true }) : []
  const found = names.filter(name => name.endsWith('.png')).sort()
  const step = Math.floor(found.length / artCount)
  for (let i = 0; i < artCount; i++) {
    const target = join(folder, `art ${String(i).padStart(2, '0')}.png`)
    if (step > 0) await copyFile(join(clipArt, found[i * step] as string), target)
    else await discs(300, 200, i).png().toFile(target)
  }
}

/** The first picture by name, open. */
async function openReview(): Promise<{ page: Page; review: Locator }> {
  const page = await openPage(program.address)
  await expect.poll(() => shownPictures(page), { timeout: 50_000 }).toBe(artCount + 4)
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('Name')
  await expect.poll(() => namesShown(page).then(([first]) => first)).toMatch(/^1 large\.jpg/)
  await page.getByRole('listbox', { name: 'Pictures' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  const review = page.getByRole('dialog')
  await page.getByRole('dialog', { name: '1 large.jpg' }).waitFor()
  return { page, review }
}

/** Where a picture lies on the screen, once it is the one of that kind. */
async function boxOf(review: Locator, kind: 'preview' | 'original') {
  const image = review.locator(`.review-decoded img[src*="/${kind}"]`)
  await image.waitFor()
  return (await image.boundingBox()) as NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>
}

test('keys alone look closely at a picture, and the place is the same in the next', async () => {
  const { page, review } = await openReview()
  const fit = await boxOf(review, 'preview')
  expect(Math.round(fit.width)).toBe(1200)
  await page.keyboard.press('z')
  const close = await boxOf(review, 'original')
  expect([close.width, close.height]).toEqual([3000, 2000])
  await review.getByText('1:1 original').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  const moved = await boxOf(review, 'original')
  expect([close.x - moved.x, close.y - moved.y]).toEqual([256, 160])

  await page.keyboard.press('PageDown')
  await page.getByRole('dialog', { name: '2 large.jpg' }).waitFor()
  await expect.poll(() => boxOf(review, 'original')).toEqual(moved)
  // What no browser can show is said to be the preview, in the same place.
  await page.keyboard.press('PageDown')
  await page.getByRole('dialog', { name: '3 scan.tif' }).waitFor()
  await expect.poll(() => boxOf(review, 'preview')).toEqual(moved)
  await review.getByText('1:1 preview: this kind of file cannot be shown in its own pixels').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => boxOf(review, 'preview')).toEqual(fit)
  await page.keyboard.press('Escape')
  await review.waitFor({ state: 'detached' })
})

test('the next picture is there as soon as it is asked for, and those around it are decoded', async () => {
  const { page, review } = await openReview()
  await boxOf(review, 'preview')
  const fetched = () =>
    page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/preview')).length)
  await expect.poll(fetched).toBe(4)
  await page.keyboard.press('ArrowRight')
  await review.locator('.review-decoded img[alt="2 large.jpg"]').waitFor()
  // One that is decoded is there in the next frame: no thumbnail, nothing to wait for.
  const isThere = await page.evaluate(async () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }))
    await new Promise(resolve => requestAnimationFrame(resolve))
    const image = document.querySelector<HTMLImageElement>('.review-decoded img')
    return image?.alt === '1 large.jpg' && document.querySelector('.review-sheet > img') === null
  })
  expect(isThere).toBe(true)
  expect(await fetched()).toBeLessThanOrEqual(5)
})

test('the frame fades without a pointer and stays where the keyboard is in it', async () => {
  const { page, review } = await openReview()
  const frame = review.locator('.review-frame')
  const opacity = () => frame.evaluate(element => getComputedStyle(element).opacity)
  await expect.poll(opacity).toBe('0')
  await page.keyboard.press('Tab')
  await expect.poll(opacity).toBe('1')
  await page.waitForTimeout(3000)
  await expect.poll(() => opacity()).toBe('1')
})

test('the filmstrip shows what comes, and is remembered', async () => {
  const { page, review } = await openReview()
  await page.keyboard.press('Shift+F')
  const strip = review.getByRole('navigation', { name: 'Filmstrip' })
  await strip.getByRole('button', { name: '1 large.jpg' }).and(strip.locator('[aria-current]')).waitFor()
  await page.keyboard.press('ArrowRight')
  await strip.getByRole('button', { name: '2 large.jpg' }).and(strip.locator('[aria-current]')).waitFor()
  await page.reload()
  await strip.waitFor()
  await strip.getByRole('button', { name: 'art 00.png' }).click()
  await page.getByRole('dialog', { name: 'art 00.png' }).waitFor()
})

test('suggestions are decided by a key each over the picture, and taken back', async () => {
  const { page, review } = await openReview()
  const line = review.locator('.review-suggestion')
  await line.getByText('Description from file and colours').waitFor()
  await page.keyboard.press('y')
  await review.getByText(/^Confirmed “/).waitFor()
  await line.getByText(/^Tag /).waitFor()
  const tag = (await line.locator('.review-suggested').textContent()) ?? ''
  await page.keyboard.press('n')
  await review.getByText(`Rejected “${tag}”.`).waitFor()
  await page.keyboard.press('Control+z')
  await review.getByText(/^Undone/).waitFor()
  await expect.poll(() => line.locator('.review-suggested').textContent()).toBe(tag)
})

test('a key marks the picture that is open, or the one with the ring, and leads on where that is wanted', async () => {
  const { page, review } = await openReview()
  const marks = review.locator('.review-marks')
  await page.keyboard.press('p')
  await marks.getByText('Picked').waitFor()
  await page.keyboard.press('m')
  await page.keyboard.press('3')
  await page.getByRole('dialog', { name: '2 large.jpg' }).waitFor()
  await expect.poll(() => marks.textContent()).toBe('')
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowLeft')
  await marks.getByRole('img', { name: '3 of 5 stars' }).waitFor()
  await page.keyboard.press('c')
  const pane = review.getByRole('region', { name: '2 large.jpg' })
  await page.keyboard.press('ArrowRight')
  await pane.and(review.locator('[aria-current]')).waitFor()
  await page.keyboard.press('x')
  await pane.getByText('Rejected').waitFor()
  await page.keyboard.press('Control+z')
  await pane.getByText('Rejected').waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: '2 large.jpg' }).waitFor()
})

test('a picture that its mark takes out of what is listed stays open, and the next is the one after it', async () => {
  const page = await openPage(program.address)
  await expect.poll(() => shownPictures(page), { timeout: 50_000 }).toBe(artCount + 4)
  await page.goto(`${program.origin}/#/library?q=is:to-review+art&sort=name`)
  await expect.poll(() => shownPictures(page)).toBe(artCount)
  await page.getByRole('listbox', { name: 'Pictures' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await page.getByRole('dialog', { name: 'art 01.png' }).waitFor()
  await page.keyboard.press('x')
  await page
    .getByText(`${artCount - 1} pictures`)
    .first()
    .waitFor({ state: 'attached' })
  await page.getByRole('dialog', { name: 'art 01.png' }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('dialog', { name: 'art 02.png' }).waitFor()
  await page.keyboard.press('x')
  await page
    .getByText(`${artCount - 2} pictures`)
    .first()
    .waitFor({ state: 'attached' })
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('dialog', { name: 'art 00.png' }).waitFor()
  // What undo brings back is gone through again at once, and the open picture stays.
  for (const _ of [1, 2]) await page.keyboard.press('ControlOrMeta+z')
  await page.getByText(`${artCount} pictures`).first().waitFor({ state: 'attached' })
  await page.getByRole('dialog', { name: 'art 00.png' }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('dialog', { name: 'art 01.png' }).waitFor()
})

test('what a person gave to a picture is given to its look-alikes, asked with their count, and taken back', async () => {
  const { page, review } = await openReview()
  await page.keyboard.press('End')
  await page.getByRole('dialog', { name: /^art/ }).waitFor()
  await page.keyboard.press('Shift+S')
  const question = review.getByRole('region', { name: 'The same for look-alikes' })
  await question.getByText('Mark this picture or confirm its tags first').waitFor()
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  await page.keyboard.press('Home')
  await page.getByRole('dialog', { name: '1 large.jpg' }).waitFor()
  await page.keyboard.press('5')
  await review.getByRole('img', { name: '5 of 5 stars' }).waitFor()
  await page.keyboard.press('Shift+S')
  const apply = question.getByRole('button', { name: /^Apply to/ })
  await apply.waitFor()
  await question.getByRole('button', { name: '4 copy.jpg', pressed: true }).waitFor()
  const count = /\d+/.exec((await apply.textContent()) ?? '')?.[0]
  await page.keyboard.press('Enter')
  // Tests before this one may have flagged it too.
  await review.getByText(new RegExp(`^(Rated|Marked) ${count} picture`)).waitFor()
  await page.keyboard.press('Control+z')
  await review.getByText(/^Undone: (Rate|Mark)/).waitFor()
})

test('selected pictures are seen side by side, zoomed as one, and taken out one by one', async () => {
  const { page, review } = await openReview()
  await page.keyboard.press('Escape')
  await review.waitFor({ state: 'detached' })
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.locator('.inspector').getByText('3 selected').waitFor()
  await page.keyboard.press('c')
  await page.getByRole('dialog', { name: '3 pictures side by side' }).waitFor()
  const here = review.locator('section[aria-current]')
  await expect.poll(() => here.getAttribute('aria-label')).toBe('3 scan.tif')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => here.getAttribute('aria-label')).toBe('2 large.jpg')
  await page.keyboard.press('z')
  const places = () =>
    review.locator('.review-sheet').evaluateAll(all =>
      all.map(sheet => {
        const { left, top } = sheet.parentElement?.getBoundingClientRect() ?? { left: 0, top: 0 }
        const { x, y, width } = sheet.getBoundingClientRect()
        return [width, x - left, y - top].map(Math.round)
      }),
    )
  /** Parts of a pixel are left over where three share the window. */
  const areLinked = async () => {
    const [first = [], ...others] = await places()
    return others.length === 2 && others.every(each => each.every((side, i) => Math.abs(side - (first[i] ?? 0)) <= 1))
  }
  await expect.poll(async () => (await places())[0]?.[0]).toBe(3000)
  await expect.poll(() => areLinked()).toBe(true)
  const before = await places()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await places())[0]?.[1]).not.toBe(before[0]?.[1])
  await expect.poll(() => areLinked()).toBe(true)

  await page.keyboard.press('Delete')
  await page.getByRole('dialog', { name: '2 pictures side by side' }).waitFor()
  await page.reload()
  await page.getByRole('dialog', { name: '2 pictures side by side' }).waitFor()
  await expect.poll(() => here.getAttribute('aria-label')).toBe('3 scan.tif')
  await page.keyboard.press('Escape')
  await review.waitFor({ state: 'detached' })
})
