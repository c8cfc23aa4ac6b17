import { existsSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, test, vi } from 'vitest'
import { framePaths } from '../../src/main/library/index.ts'
import { videos } from '../../src/main/library/migrations/0012-videos.ts'
import { detailOf, importFolder, makePictures, mediaIdOf, put, query, startApp, tilesOf } from '../support/app.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { type videoNames, videoPath, whyNoFrames } from '../support/videos.ts'

afterEach(() => vi.unstubAllEnvs())

async function makeVideos(...names: (typeof videoNames)[number][]): Promise<string> {
  const folder = await makeTempFolder('videos')
  for (const name of names) await copyFile(videoPath(name), join(folder, name))
  return folder
}

/** As on a computer without FFmpeg. */
const withoutFfmpeg = () => vi.stubEnv('BURG_INK_FFMPEG', '/nowhere/ffmpeg')

test.skipIf(whyNoFrames !== null)(
  `a video is imported as a picture is, with its poster, facts and frames${whyNoFrames ? ` (${whyNoFrames})` : ''}`,
  async () => {
    const app = await startApp()
    const folder = await makeVideos('dark-beginning.mp4', 'turned.mov')
    const { ledger, entries } = await importFolder(app, folder)
    expect(ledger).toEqual(['dark-beginning.mp4: imported', 'turned.mov: imported'])
    const id = mediaIdOf(entries, 'dark-beginning.mp4')
    const detail = await detailOf(app, id)
    expect(detail).toMatchObject({
      status: 'completed',
      mimeType: 'video/mp4',
      width: 96,
      height: 64,
      title: 'A film',
      takenAt: expect.stringMatching(/^2023-05-01T/),
      video: { durationMs: 4000, frameRate: 12, videoCodec: 'H.264', audioCodec: 'AAC', poster: 'frame', frames: 3 },
    })
    // What the built-in analyser says is about all frames, and of a video.
    const turned = await detailOf(app, mediaIdOf(entries, 'turned.mov'))
    expect(turned.description).toMatch(/^A portrait-format video, /)
    expect(detail.palette.map(({ name }) => name)).toContain('black')
    for (const kind of ['preview', 'thumbnail', 'original'] as const) {
      expect(existsSync(app.serverParts.pictures.find(id, kind)?.path as string)).toBe(true)
    }
    const frames = framePaths(detail.sha256 as string).map(path => join(app.libraryFolder, path))
    expect(frames.map(path => existsSync(path))).toEqual([true, true, true])
    expect((await tilesOf(app, { text: 'film' })).map(tile => tile.video?.durationMs)).toEqual([4000])

    // Other bytes under its name: what showed the old ones goes.
    await put(folder, 'dark-beginning.mp4', 'no video any more')
    await importFolder(app, folder)
    await copyFile(videoPath('vp9.webm'), join(folder, 'dark-beginning.mp4'))
    await importFolder(app, folder)
    expect(await detailOf(app, id)).toMatchObject({ mimeType: 'video/webm', video: { videoCodec: 'VP9' } })
    expect(frames.map(path => existsSync(path))).toEqual([false, false, false])
  },
)

test('without FFmpeg a video is kept and played; its poster comes with the next sync once there is one', async ({
  skip,
}) => {
  withoutFfmpeg()
  const app = await startApp()
  const folder = await makeVideos('h264.mkv')
  const { ledger, entries } = await importFolder(app, folder)
  expect(ledger).toEqual(['h264.mkv: imported'])
  const id = mediaIdOf(entries, 'h264.mkv')
  const before = await detailOf(app, id)
  expect(before).toMatchObject({
    status: 'completed',
    version: '',
    placeholder: null,
    video: { durationMs: 2000, videoCodec: 'H.264', poster: 'no-decoder' },
    analysis: { failure: null },
  })
  expect(app.serverParts.pictures.find(id, 'preview')).toBeNull()
  expect(app.serverParts.pictures.find(id, 'original')?.mimeType).toBe('video/matroska')

  // Nothing has changed: it is not read again.
  expect((await importFolder(app, folder)).ledger).toEqual(['h264.mkv: skipped unchanged'])

  vi.unstubAllEnvs()
  if (whyNoFrames) skip(whyNoFrames)
  await app.stop()
  const again = await startApp({ libraryFolder: app.libraryFolder })
  expect((await importFolder(again, folder)).ledger).toEqual(['h264.mkv: imported'])
  const after = await detailOf(again, id)
  expect(after).toMatchObject({ status: 'completed', video: { poster: 'frame', frames: 3 } })
  expect(after.version).not.toBe('')
  expect(existsSync(again.serverParts.pictures.find(id, 'preview')?.path as string)).toBe(true)
  expect((await importFolder(again, folder)).ledger).toEqual(['h264.mkv: skipped unchanged'])
})

test('videos that an earlier version left aside are found by the next sync', async () => {
  withoutFfmpeg()
  const app = await startApp()
  const folder = await makePictures({ 'a.png': 1 })
  await mkdir(join(folder, 'films'))
  await copyFile(videoPath('vp9.webm'), join(folder, 'films/by name.webm'))
  await copyFile(videoPath('av1.webm'), join(folder, 'films/by content'))
  await put(folder, 'notes', 'no picture')
  await importFolder(app, folder)
  // As it was before: the one was not opened, of the other the content was no picture's.
  const was = `outcome = 'skipped', reason_code = 'not-a-picture', media_id = NULL`
  query(app, `UPDATE files SET ${was}, is_read = 0 WHERE path = 'films/by name.webm'`)
  query(app, `UPDATE files SET ${was}, is_read = 1 WHERE path = 'films/by content'`)
  query(app, `DELETE FROM media WHERE mime_type LIKE 'video/%'`)
  query(app, `UPDATE folders SET changes_from = '17'`)
  const db = new Database(app.library.layout.database)
  db.exec(videos.replace('CREATE INDEX', 'CREATE INDEX IF NOT EXISTS'))
  db.close()
  expect(query(app, 'SELECT changes_from FROM folders')).toEqual([{ changes_from: null }])
  const { ledger } = await importFolder(app, folder)
  expect(ledger).toEqual([
    'a.png: skipped unchanged',
    'films/by content: imported',
    'films/by name.webm: imported',
    'notes: skipped not-a-picture',
  ])
})
