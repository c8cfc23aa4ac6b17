import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { makeWorkspace, type Program, removeWorkspace, startProgram } from '../support/program.ts'
import { videoPath, whyNoFrames } from '../support/videos.ts'

shareBrowser()

let workspace: string
let program: Program
beforeAll(async () => {
  workspace = await makeWorkspace()
  const films = join(workspace, 'Films')
  await mkdir(films)
  await copyFile(videoPath('vp9.webm'), join(films, 'card.webm'))
  await copyFile(videoPath('mpeg4.avi'), join(films, 'old.avi'))
  await writeFile(join(films, 'torn.mp4'), 'this is no video')
  program = await startProgram(['open', films, '--library', join(workspace, 'library')])
})
afterAll(async () => {
  await program?.stop()
  await removeWorkspace(workspace)
})

async function openFilm(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('option', { name }).click()
  await page.keyboard.press('Space')
  await page.getByRole('dialog').waitFor()
}

test('a video shows its duration and poster in the grid, its facts beside it, and plays by the keyboard', async () => {
  const page = await openPage(program.address)
  await page.getByRole('option', { name: 'card.webm, video, 0:02' }).waitFor()
  if (whyNoFrames === null) await expect.poll(() => shownPictures(page)).toBe(2)
  await page.getByRole('option', { name: /card/ }).click()
  const facts = page.locator('.inspector')
  for (const fact of ['0:02', '12 frames a second', 'VP9', 'WebM'])
    await facts.getByText(fact, { exact: true }).waitFor()

  const ranges: string[] = []
  page.on('response', async response => {
    if (!response.url().includes('/original')) return
    ranges.push(`${response.status()} ${(await response.allHeaders())['content-range'] ?? ''}`)
  })
  await openFilm(page, /card/)
  const player = page.locator('video')
  await expect.poll(() => player.evaluate((video: HTMLVideoElement) => video.readyState)).toBeGreaterThan(0)
  const state = () =>
    player.evaluate(({ paused, currentTime, muted }: HTMLVideoElement) => ({ paused, currentTime, muted }))
  // Nothing plays, and so nothing sounds, before it is asked to.
  await expect.poll(() => state()).toEqual({ paused: true, currentTime: 0, muted: false })
  await page.keyboard.press('Space')
  await expect.poll(async () => (await state()).currentTime).toBeGreaterThan(0.2)
  await page.keyboard.press('Space')
  await expect.poll(async () => (await state()).paused).toBe(true)
  await player.evaluate((video: HTMLVideoElement) => {
    video.currentTime = 1.5
  })
  await expect.poll(async () => (await state()).currentTime).toBe(1.5)
  expect(ranges[0]).toMatch(/^206 bytes 0-\d+\/\d+$/)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.locator('video').count()).toBeLessThan(2)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('what the browser cannot play says so, with its codec, and a torn one its reason', async () => {
  const page = await openPage(program.address)
  // What Chromium itself can play differs from build to build; this, none can.
  await page.getByRole('option', { name: /^old\.avi/ }).waitFor()
  await writeFile(join(workspace, 'Films/old.avi'), 'RIFF and nothing that follows')
  await page.getByRole('option', { name: /^torn\.mp4, .* failed/ }).waitFor()
  await openFilm(page, /old\.avi/)
  const said = page.getByRole('alert')
  await said.waitFor()
  await expect.poll(() => said.textContent()).toContain('cannot play MPEG-4 video of this kind')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})
