import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { derivePicture } from '../../src/main/imaging/derive.ts'
import { deriveMedia } from '../../src/main/imaging/derive-media.ts'
import { type DerivedPicture, type Imaging, PictureRefused } from '../../src/main/imaging/index.ts'
import { defaultLimits } from '../../src/main/imaging/limits.ts'
import { findFfmpeg } from '../../src/main/imaging/video/find-ffmpeg.ts'
import { decoderPids, isAlive, until } from '../support/decoders.ts'
import { imagingHosts } from '../support/imaging-hosts.ts'
import { hills, makeFolder, openImaging, targetsIn } from '../support/pictures.ts'
import { videoPath, whyNoFrames } from '../support/videos.ts'
import { describeImagingFaults } from './imaging-faults.contract.ts'

const samples = join(import.meta.dirname, '../../resources/samples')
const decodingProgram = join(import.meta.dirname, '../support/endless-decoding-child.ts')

/** What imaging promises however its decoding process is started; `host` is a name of `imagingHosts`. */
export function describeImagingContract(host: string, whyNot: string | null): void {
  describe.skipIf(whyNot !== null)(`Imaging by ${host}${whyNot === null ? '' : ` (${whyNot})`}`, () => {
    const options = whyNot === null ? (imagingHosts[host]?.() ?? {}) : {}
    const open = (): Imaging => openImaging(options)

    test('gives for a sample of each format what sharp gives in this process', async () => {
      const folder = await makeFolder()
      const imaging = open()
      for (const sample of await oneOfEachFormat()) {
        const here = await derivePicture(sample, targetsIn(folder, 'here'), defaultLimits, (_, decode) => decode())
        expect(await imaging.derive(sample, targetsIn(folder, 'there')), sample).toEqual(here)
        const files = ['here', 'there'].map(name => readFile(targetsIn(folder, name).preview))
        const [file, other] = (await Promise.all(files)) as [Buffer, Buffer]
        expect(file.equals(other), sample).toBe(true)
      }
    })

    test('reads a video as it is read in this process, with a poster where there is an FFmpeg', async () => {
      const folder = await makeFolder()
      const path = videoPath('dark-beginning.mp4')
      const settings = { limits: defaultLimits, cores: 1, ffmpeg: findFfmpeg() }
      const here = await deriveMedia(path, targetsIn(folder, 'here'), settings, (_, decode) => decode())
      expect(here.video?.poster).toBe(whyNoFrames === null ? 'frame' : 'no-decoder')
      const imaging = open()
      expect(await imaging.derive(path, targetsIn(folder, 'there'))).toEqual(here)
      expect(imaging.canShowVideos()).toBe(whyNoFrames === null)
    })

    test('hands over bytes as bytes', async () => {
      const path = join(await makeFolder(), 'original')
      await writeFile(path, await hills(600, 400, 1).png().toBuffer())
      const bytes = await open().reduce(path, { longSide: 300 })
      expect(bytes).toBeInstanceOf(Uint8Array)
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 300, height: 200 })
    })

    test('refuses with code, sentence and cause', async () => {
      const folder = await makeFolder()
      const png = await hills(500, 400, 3).png().toBuffer()
      await writeFile(join(folder, 'cut'), png.subarray(0, png.length / 2))
      const refusal = await open()
        .derive(join(folder, 'cut'), targetsIn(folder))
        .catch((error: Error) => error)
      expect(refusal).toBeInstanceOf(PictureRefused)
      expect(refusal).toMatchObject({ code: 'corrupt', message: expect.stringContaining('Restore it from a backup') })
      expect((refusal as Error).cause).toBeInstanceOf(Error)
    })

    test('a parent killed outright takes its decoder with it, and its unfinished files', async () => {
      const { folder, parent, decoder } = await startParent(host)
      parent.kill('SIGKILL')
      await until(() => !isAlive(decoder))
      expect((await readdir(folder)).sort()).toEqual(['original', 'picture-preview.webp', 'picture-thumbnail.webp'])
    })

    // Linux shows what another process was given and has loaded.
    test.runIf(process.platform === 'linux')('nothing of the program reaches the decoder', async () => {
      const { parent, decoder } = await startParent(host, { LD_PRELOAD: 'libgobject-2.0.so.0', OPENAI_API_KEY: 'sk-1' })
      const seen = async (pid: number) => {
        const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'latin1')
        return { environment: await read('environ'), libraries: await read('maps') }
      }
      const [above, below] = [await seen(parent.pid as number), await seen(decoder)]
      expect(above.environment).toContain('sk-1')
      expect(below.environment).not.toMatch(/sk-1|LD_PRELOAD/)
      // As in Electron's own processes, where the system is one that has it.
      expect(below.libraries).not.toMatch(/libgobject/)
      expect(below.libraries).toMatch(/libvips/)
    })

    describe('a folder for previews that cannot be written is an error with its code, not a refusal', () => {
      async function deriveInto(prepare: (folder: string) => Promise<string>): Promise<DerivedPicture | Error> {
        const folder = await makeFolder()
        await writeFile(join(folder, 'original'), await hills(100, 100, 1).png().toBuffer())
        const target = await prepare(folder)
        return open()
          .derive(join(folder, 'original'), targetsIn(target))
          .catch((error: Error) => error)
      }

      test.skipIf(process.getuid?.() === 0)('read-only', async () => {
        const ending = await deriveInto(async folder => {
          await mkdir(join(folder, 'locked'))
          await chmod(join(folder, 'locked'), 0o555)
          return join(folder, 'locked')
        })
        expect(ending).not.toBeInstanceOf(PictureRefused)
        expect(ending).toMatchObject({ code: 'EACCES', syscall: 'open' })
      })

      test('missing', async () => {
        const ending = await deriveInto(async folder => join(folder, 'missing'))
        expect(ending).not.toBeInstanceOf(PictureRefused)
        expect(ending).toMatchObject({ code: 'ENOENT', syscall: 'open' })
      })

      // Linux has a device that is always full.
      test.runIf(process.platform === 'linux')('full', async () => {
        const ending = await deriveInto(async folder => {
          await symlink('/dev/full', `${targetsIn(folder).preview}.tmp`)
          return folder
        })
        expect(ending).not.toBeInstanceOf(PictureRefused)
        expect(ending).toMatchObject({ code: 'ENOSPC' })
        expect((await stat('/dev/full')).isCharacterDevice()).toBe(true)
      })
    })

    describeImagingFaults(options)
  })
}

async function oneOfEachFormat(): Promise<string[]> {
  const entries = await readdir(samples, { recursive: true, withFileTypes: true })
  const pictures = entries.filter(({ name }) => /^(?!Damaged|Empty).*[.](jpg|png|webp|avif|gif|tif|svg)$/.test(name))
  const byFormat = new Map(pictures.map(({ parentPath, name }) => [extname(name), join(parentPath, name)]))
  expect(byFormat.size).toBe(7)
  return [...byFormat.values()]
}

/** A program of its own that is decoding. */
async function startParent(host: string, env: Record<string, string> = {}) {
  const folder = await makeFolder()
  const original = join(folder, 'original')
  await writeFile(original, await hills(1600, 1600, 1).png().toBuffer())
  const { preview, thumbnail } = targetsIn(folder)
  const parent = spawn(process.execPath, [decodingProgram, host, original, preview, thumbnail], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  onTestFinished(() => void parent.kill('SIGKILL'))
  await once(createInterface(parent.stdout), 'line')
  const [decoder] = decoderPids(parent.pid)
  expect(decoder).toBeDefined()
  return { folder, parent, decoder: decoder as number }
}
