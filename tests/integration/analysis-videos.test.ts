import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, expect, test, vi } from 'vitest'
import { detailOf, importFolder, mediaIdOf } from '../support/app.ts'
import { countsOfRun, startDescribing, untilRun } from '../support/describing.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { videoPath, whyNoFrames } from '../support/videos.ts'

afterEach(() => vi.unstubAllEnvs())

async function startWithVideo() {
  const describing = await startDescribing({ pictures: 1 })
  const folder = await makeTempFolder('videos')
  await copyFile(videoPath('dark-beginning.mp4'), join(folder, 'film.mp4'))
  const { entries } = await importFolder(describing.app, folder)
  return { ...describing, videoId: mediaIdOf(entries, 'film.mp4') }
}

test.skipIf(whyNoFrames !== null)(
  'a model sees four frames of a video in one question, and what they cost is counted before',
  async () => {
    const { app, server, mediaIds, videoId, run } = await startWithVideo()
    const [pictureId] = mediaIds as [number]
    const estimateOf = (id: number) => app.handlers['analysis.estimate']({ chosen: { mediaIds: [id] } })
    const [picture, video] = [await estimateOf(pictureId), await estimateOf(videoId)]
    // Three frames of at most 1024 px beside a poster of at most 1536.
    expect(video.inputTokens).toBeGreaterThan(picture.inputTokens * 1.5)
    expect(video.usd).toBeGreaterThan(picture.usd ?? Infinity)

    server.answerWith({
      description: 'A test card that follows the dark.',
      content: 'a test card',
      tags: [{ name: 'test card', confidence: 0.9 }],
      style: null,
      colors: null,
      subjects: null,
      mood: null,
    })
    const ended = await untilRun(app, await run({ mediaIds: [videoId] }), 'completed')
    expect(countsOfRun(ended)).toEqual({ total: 1, done: 1, reused: 0, failed: 0 })
    expect(ended.estimateUsd).toBeCloseTo(video.usd ?? 0, 9)
    const asked = server.asked.findLast(({ picture }) => picture !== undefined)
    expect(asked?.texts.join('\n')).toContain('These are 4 frames of one video.')
    expect(asked?.pictures).toHaveLength(4)
    const means = await Promise.all(
      (asked?.pictures ?? []).map(async ({ bytes }) => (await sharp(bytes).stats()).channels[0]?.mean ?? 0),
    )
    // The poster comes first, and the black beginning is one of the others.
    expect(means[0]).toBeGreaterThan(60)
    expect(means[1]).toBeLessThan(5)
    expect((await detailOf(app, videoId)).description).toBe('A test card that follows the dark.')
  },
)

test('of a video that nothing can show, no model is asked, and the run says so', async () => {
  vi.stubEnv('BURG_INK_FFMPEG', '/nowhere/ffmpeg')
  const { app, server, videoId, run } = await startWithVideo()
  const before = server.asked.length
  const runId = await run({ mediaIds: [videoId] })
  const ended = await untilRun(app, runId, 'completed')
  expect(countsOfRun(ended)).toMatchObject({ done: 0, failed: 1 })
  expect(server.asked).toHaveLength(before)
  const { reasons } = await app.handlers['analysis.failures']({ runId })
  expect(reasons).toMatchObject([{ message: 'Nothing of this video can be shown, so no model can look at it.' }])
})
