import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import {
  createImaging,
  type DerivedPicture,
  type Imaging,
  type ImagingOptions,
  PictureRefused,
} from '../../../src/main/imaging/index.ts'
import { findFfmpeg } from '../../../src/main/imaging/video/find-ffmpeg.ts'
import { makeFolder, openImaging, targetsIn } from '../../support/pictures.ts'
import { fakeFfmpeg, makeVideo, videoNames, videoPath, whyNoFrames } from '../../support/videos.ts'

const imaging = createImaging()
const imagingWithout = createImaging({ ffmpeg: null })
afterAll(() => Promise.all([imaging.close(), imagingWithout.close()]))

/** Tests that ask for nothing special share what decodes. */
function imagingFor(options: ImagingOptions): Imaging {
  if (Object.keys(options).length === 0) return imaging
  return Object.keys(options).length === 1 && options.ffmpeg === null ? imagingWithout : openImaging(options)
}

async function derive(path: string, options: ImagingOptions = {}) {
  const folder = await makeFolder()
  const frames = [1, 2, 3].map(number => join(folder, `frame-${number}.webp`))
  const targets = { ...targetsIn(folder), frames }
  return { ...(await imagingFor(options).derive(path, targets)), targets }
}

const meanOf = async (path: string) => (await sharp(path).greyscale().stats()).channels[0]?.mean ?? 0

describe('the facts of a video are read without a program that decodes', () => {
  const facts: Record<(typeof videoNames)[number], unknown> = {
    'dark-beginning.mp4': ['video/mp4', 96, 64, 4000, 12, 'H.264', 'AAC', 0],
    'hevc.mp4': ['video/mp4', 96, 64, 2000, 12, 'H.265', null, 0],
    'turned.mov': ['video/quicktime', 64, 96, 2000, 12, 'H.264', null, 270],
    'vp9.webm': ['video/webm', 96, 64, 2000, 12, 'VP9', null, 0],
    'av1.webm': ['video/webm', 96, 64, 2000, 12, 'AV1', null, 0],
    'h264.mkv': ['video/matroska', 96, 64, 2000, 12, 'H.264', null, 0],
    'mpeg4.avi': ['video/x-msvideo', 96, 64, 2000, 12, 'MPEG-4', null, 0],
    'camera.m2ts': ['video/mp2t', 96, 64, 2000, 12, 'H.264', null, 0],
  }
  test.each(videoNames)('%s', async name => {
    const { mimeType, width, height, video, ...rest } = await derive(videoPath(name), { ffmpeg: null })
    const { durationMs, frameRate, videoCodec, audioCodec, rotation } = video ?? {}
    expect([mimeType, width, height, durationMs, frameRate, videoCodec, audioCodec, rotation]).toEqual(facts[name])
    expect(video).toMatchObject({ poster: 'no-decoder', frames: 0 })
    expect(rest).toMatchObject({ previewBytes: 0, placeholder: null, meanColour: null, fingerprint: null, palette: [] })
    expect(existsSync(rest.targets.preview)).toBe(false)
  })

  test('with title and the time it was taken, from whatever name it has', async () => {
    const folder = await makeFolder()
    const path = join(folder, 'no extension]')
    await writeFile(path, await readFile(videoPath('dark-beginning.mp4')))
    const { embedded } = await derive(path, { ffmpeg: null })
    const here = new Date('2023-05-01T10:20:30Z')
    const local = new Date(here.getTime() - here.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
    expect(embedded).toEqual({ keywords: [], title: 'A film', takenAt: local })
  })
})

describe.skipIf(whyNoFrames !== null)(`what is seen of a video${whyNoFrames ? ` (${whyNoFrames})` : ''}`, () => {
  test.each(videoNames)('%s has a poster of its own proportions, and frames', async name => {
    const { targets, width, height, video, ...derived } = await derive(videoPath(name))
    expect(video).toMatchObject({ poster: 'frame', frames: name === 'camera.m2ts' ? 0 : 3 })
    expect(await sharp(targets.preview).metadata()).toMatchObject({ format: 'webp', width, height })
    expect((await readFile(targets.preview)).length).toBe(derived.previewBytes)
    expect(targets.frames.filter(path => existsSync(path))).toHaveLength(video?.frames ?? -1)
    expect(derived.palette.length).toBeGreaterThan(5)
    expect(derived.fingerprint).toMatch(/^[0-9a-f]{16}$/)
  })

  test('a dark beginning is not its poster, but one of its frames', async () => {
    const { targets, palette } = await derive(videoPath('dark-beginning.mp4'))
    expect(await meanOf(targets.preview)).toBeGreaterThan(60)
    expect(await meanOf(targets.frames[0] as string)).toBeLessThan(5)
    // Of four frames one is black all over.
    expect(palette[0]).toMatchObject({ name: 'black', share: expect.closeTo(0.27, 1) })
  })

  test('one that is dark all through shows the brightest of it', async () => {
    const path = join(await makeFolder(), 'night.mp4')
    makeVideo(path, ['-f', 'lavfi', '-i', 'color=0x050505:s=64x64:r=5:d=3', '-pix_fmt', 'yuv420p'])
    const { targets, video } = await derive(path)
    expect(video?.poster).toBe('frame')
    expect(await meanOf(targets.preview)).toBeLessThan(12)
  })

  test('wide pixels are made square', async () => {
    const path = join(await makeFolder(), 'wide.mp4')
    makeVideo(path, ['-f', 'lavfi', '-i', 'testsrc=s=72x60:r=5:d=1,setsar=2', '-pix_fmt', 'yuv420p'])
    const { targets, width, height } = await derive(path)
    expect([width, height]).toEqual([144, 60])
    expect(await sharp(targets.preview).metadata()).toMatchObject({ width: 144, height: 60 })
  })

  test('a larger one is made as small as a preview', async () => {
    const path = join(await makeFolder(), 'large.mp4')
    makeVideo(path, ['-f', 'lavfi', '-i', 'color=blue:s=3840x2160:r=2:d=1', '-pix_fmt', 'yuv420p'])
    const { targets, width } = await derive(path)
    expect(width).toBe(3840)
    expect(await sharp(targets.preview).metadata()).toMatchObject({ width: 2048, height: 1152 })
    expect(await sharp(targets.frames[0]).metadata()).toMatchObject({ width: 1024, height: 576 })
  })

  test('where the end is missing, what is there is shown', async () => {
    const path = join(await makeFolder(), 'cut.mp4')
    await writeFile(path, (await readFile(videoPath('dark-beginning.mp4'))).subarray(0, 15_000))
    expect((await derive(path)).video).toMatchObject({ durationMs: 4000, poster: 'frame', frames: 2 })
  })
})

describe('a hostile video', () => {
  const refusalOf = (path: string, options?: ImagingOptions) =>
    derive(path, options).then(
      (derived: DerivedPicture) => derived,
      (error: Error) => error,
    )

  test('without its headers is damaged', async () => {
    const path = join(await makeFolder(), 'cut.mp4')
    await writeFile(path, (await readFile(videoPath('dark-beginning.mp4'))).subarray(0, 2_000))
    const refusal = await refusalOf(path)
    expect(refusal).toBeInstanceOf(PictureRefused)
    expect(refusal).toMatchObject({ code: 'corrupt', message: expect.stringContaining('Restore it from a backup') })
  })

  test.each([
    '\0\0\0\x18ftypisom\0\0\0\0isommp41',
    '\x1aE\xdf\xa3\x9f\x42\x86\x81\x01',
    'RIFF\xff\xff\xff\xffAVI LIST',
  ])('with nothing behind its first bytes is refused: %j', async bytes => {
    const path = join(await makeFolder(), 'video')
    await writeFile(path, Buffer.from(bytes, 'latin1'))
    expect(await refusalOf(path)).toMatchObject({ name: 'PictureRefused' })
  })

  test('whose headers are filled with noise ends, one way or the other', async () => {
    const folder = await makeFolder()
    const imaging = openImaging({ limits: { timeoutMs: 1_000 }, ffmpeg: null })
    for (const name of videoNames) {
      const bytes = await readFile(videoPath(name))
      for (const round of [1, 5]) {
        const noisy = Buffer.from(bytes)
        for (let at = 8 * round; at < noisy.length; at += 61 * round) noisy[at] = (at * 131 * round) % 256
        const path = join(folder, `${round}-${name}`)
        await writeFile(path, noisy)
        const ended = await imaging.derive(path, targetsIn(folder)).catch((error: Error) => error)
        const isWhole = ended instanceof PictureRefused || (!(ended instanceof Error) && ended.width > 0)
        expect(isWhole, `${name} ${round}: ${ended instanceof Error ? ended.stack : ''}`).toBe(true)
      }
    }
  })

  test('that holds sound alone says so', async ({ skip }) => {
    if (whyNoFrames) skip(whyNoFrames)
    const path = join(await makeFolder(), 'sound.mp4')
    makeVideo(path, ['-f', 'lavfi', '-i', 'sine=d=1', '-f', 'mp4'])
    expect(await refusalOf(path)).toMatchObject({
      code: 'unsupported-format',
      message: expect.stringContaining('only sound'),
    })
  })

  test.skipIf(process.platform === 'win32')('on which the decoder hangs is kept without a poster', async () => {
    const folder = await makeFolder()
    const ffmpeg = await fakeFfmpeg(folder, 'exec sleep 60')
    const { video } = await derive(videoPath('vp9.webm'), { ffmpeg, limits: { frameMs: 100 } })
    expect(video).toMatchObject({ durationMs: 2000, poster: 'undecodable' })
  })

  test.skipIf(process.platform === 'win32')(
    'on which the decoder crashes or talks nonsense is kept as well',
    async () => {
      const folder = await makeFolder()
      for (const script of ['kill -SEGV $$', 'echo nonsense', 'head -c 100000000 /dev/zero']) {
        const ffmpeg = await fakeFfmpeg(folder, script)
        expect((await derive(videoPath('vp9.webm'), { ffmpeg })).video, script).toMatchObject({ poster: 'undecodable' })
      }
    },
  )

  test('and a decoder that is not there any more is none', async () => {
    expect((await derive(videoPath('vp9.webm'), { ffmpeg: '/nowhere/ffmpeg' })).video?.poster).toBe('no-decoder')
  })

  test.skipIf(process.platform === 'win32')('is given to a decoder that may not read other files', async () => {
    const folder = await makeFolder()
    const ffmpeg = await fakeFfmpeg(folder, `echo "$@" >> '${folder}/asked'; env >> '${folder}/asked'`)
    await derive(videoPath('h264.mkv'), { ffmpeg })
    const asked = await readFile(join(folder, 'asked'), 'utf8')
    expect(asked).toContain(`-f matroska -i file:${videoPath('h264.mkv')}`)
    expect(asked).toContain('-protocol_whitelist file ')
    expect(asked).not.toMatch(/^(HOME|PATH=.*node_modules)/m)
  })
})

describe('the FFmpeg of this computer', () => {
  const here = new Set([
    '/opt/homebrew/bin/ffmpeg',
    '/own/ffmpeg',
    '/tools/ffmpeg',
    'C:\\tools\\ffmpeg.exe',
    'bin/ffmpeg',
  ])
  const find = (env: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
    findFfmpeg(env, platform, path => here.has(path))

  test('is the one that is named, on the path, or where it usually is', () => {
    expect(find({ BURG_INK_FFMPEG: '/own/ffmpeg', PATH: '/tools' })).toBe('/own/ffmpeg')
    expect(find({ PATH: '/usr/bin:/tools' })).toBe('/tools/ffmpeg')
    expect(find({ PATH: '' }, 'darwin')).toBe('/opt/homebrew/bin/ffmpeg')
    expect(find({ Path: 'C:\\Windows;C:\\tools' }, 'win32')).toBe('C:\\tools\\ffmpeg.exe')
    expect(find({ Path: 'C:\\Windows' }, 'win32')).toBeNull()
  })

  test('is never one of a folder that is named relatively, nor another than was named', () => {
    expect(find({ PATH: 'bin' }, 'win32')).toBeNull()
    expect(find({ BURG_INK_FFMPEG: '/gone/ffmpeg', PATH: '/tools' })).toBeNull()
    expect(find({ BURG_INK_FFMPEG: 'bin/ffmpeg', PATH: '/tools' })).toBeNull()
  })
})
