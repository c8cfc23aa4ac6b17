import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type DerivedPicture, type Imaging, type ImagingOptions, PictureRefused } from '../../src/main/imaging/index.ts'
import { until, watchDecoders } from '../support/decoders.ts'
import { hills, makeFolder, openImaging, targetsIn } from '../support/pictures.ts'

const childEntry = join(import.meta.dirname, '../support/faulty-imaging-child.ts')

type Ending = DerivedPicture | PictureRefused | Error

/** What every way to start a decoding process promises when one crashes, hangs, grows, is worn, is killed or is not needed. */
export function describeImagingFaults(host: ImagingOptions): void {
  const open = (options?: ImagingOptions): Imaging => openImaging({ ...host, ...options })

  /** Derives these contents all at once and gives back how each ended. */
  async function deriveAll(
    contents: Record<string, string | Buffer>,
    options: ImagingOptions,
  ): Promise<Record<string, Ending>> {
    const folder = await makeFolder()
    const imaging = open(options)
    const endings = await Promise.all(
      Object.entries(contents).map(async ([name, content]): Promise<[string, Ending]> => {
        await writeFile(join(folder, name), content)
        return [name, await imaging.derive(join(folder, name), targetsIn(folder, name)).catch((error: Error) => error)]
      }),
    )
    return Object.fromEntries(endings)
  }

  describe('a picture that', () => {
    test('crashes the decoder every time is refused, and the others are derived', async () => {
      const endings = await deriveAll({ bad: 'CRASH', ...(await goodOnes()) }, { cores: 3, childEntry })
      expect(endings.bad).toMatchObject({ name: 'PictureRefused', code: 'decoder-crashed' })
      expectGoodOnesDone(endings)
    })

    test('hangs the decoder is refused as too slow, and the others are derived', async () => {
      const endings = await deriveAll(
        { bad: 'HANG', ...(await goodOnes()) },
        { cores: 3, childEntry, limits: { timeoutMs: 3_000 } },
      )
      expect(endings.bad).toMatchObject({ name: 'PictureRefused', code: 'too-slow' })
      expect((endings.bad as Error).message).toBe('Decoding took more than 3 seconds and was stopped.')
      expectGoodOnesDone(endings)
    })

    test('makes the decoder grow is refused for its memory, and the others are derived', async () => {
      const limits = { memoryBytes: 400_000_000 }
      const endings = await deriveAll({ bad: 'GROW', ...(await goodOnes()) }, { cores: 3, childEntry, limits })
      expect(endings.bad).toMatchObject({ name: 'PictureRefused', code: 'too-much-memory' })
      expectGoodOnesDone(endings)
    })

    test('crashes the decoder leaves the last words of the decoder as the cause', async () => {
      const { bad } = await deriveAll({ bad: 'SAY' }, { childEntry })
      expect(String((bad as Error).cause)).toMatch(/(SIGSEGV|code \d+)\.\n[\s\S]*the decoder has something to say/)
    })
  })

  test('a decoder killed from outside costs nothing: every picture is derived', async () => {
    const folder = await makeFolder()
    const imaging = open({ cores: 2 })
    const names = Array.from({ length: 12 }, (_, index) => `picture-${index}`)
    for (const [index, name] of names.entries()) {
      await writeFile(join(folder, name), await hills(1200, 900, index).png({ compressionLevel: 1 }).toBuffer())
    }
    const decoders = watchDecoders()
    let done = 0
    const work = names.map(name =>
      imaging.derive(join(folder, name), targetsIn(folder, name)).then(picture => {
        done += 1
        return picture
      }),
    )
    for (const count of [2, 6]) {
      await until(() => done >= count)
      for (const pid of decoders()) process.kill(pid, 'SIGKILL')
    }
    for (const picture of await Promise.all(work)) expect(picture.width).toBe(1200)
    expect((await readdir(folder)).filter(name => name.endsWith('.tmp'))).toEqual([])
  })

  test('a decoder is replaced between pictures once it is worn, and not before', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, 'original'), await hills(900, 600, 1).png().toBuffer())
    const decoders = watchDecoders()
    const imaging = open({ cores: 2, wear: { pictures: 3, rssBytes: 1 } })
    const derive = async (name: string) => {
      expect(await imaging.derive(join(folder, 'original'), targetsIn(folder, name))).toMatchObject({ width: 900 })
      // The decoder says five times a second how large it is.
      await new Promise(resolve => setTimeout(resolve, 300))
      return decoders()[0]
    }
    const first = await derive('one')
    expect(first).toBeDefined()
    expect(await derive('two')).toBe(first)
    // The third finds it worn when it is done, and so does not leave it behind.
    expect(await derive('three')).toBeUndefined()
    const fresh = await derive('four')
    expect(fresh).toBeDefined()
    expect(fresh).not.toBe(first)
  })

  describe('closing', () => {
    test('ends the decoder and rejects what is under way and what waits', async () => {
      const folder = await makeFolder()
      await writeFile(join(folder, 'original'), await hills(2000, 2000, 1).png().toBuffer())
      const decoders = watchDecoders()
      const imaging = open({ cores: 1 })
      const work = ['a', 'b', 'c'].map(name => imaging.derive(join(folder, 'original'), targetsIn(folder, name)))
      await until(() => decoders().length > 0)
      await Promise.all([imaging.close(), ...work.map(one => expect(one).rejects.toThrow('Imaging was closed.'))])
      expect(decoders()).toEqual([])
      await expect(imaging.derive(join(folder, 'original'), targetsIn(folder))).rejects.toThrow('Imaging is closed.')
    })

    test('leaves no decoder that is only being started', async () => {
      const folder = await makeFolder()
      await writeFile(join(folder, 'original'), await hills(100, 100, 1).png().toBuffer())
      const decoders = watchDecoders()
      const imaging = open()
      const work = imaging.derive(join(folder, 'original'), targetsIn(folder))
      await Promise.all([imaging.close(), expect(work).rejects.toThrow('Imaging was closed.')])
      expect(decoders()).toEqual([])
    })

    test('without any work does nothing', async () => {
      await expect(open().close()).resolves.toBeUndefined()
    })
  })

  test('an idle decoder ends, and the next picture starts another', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, 'original'), await hills(100, 100, 1).png().toBuffer())
    const decoders = watchDecoders()
    const imaging = open({ idleMs: 50 })
    await imaging.derive(join(folder, 'original'), targetsIn(folder))
    await until(() => decoders().length === 0)
    expect(await imaging.derive(join(folder, 'original'), targetsIn(folder))).toMatchObject({ width: 100 })
  })

  test('a decoder that does not start is an error of the program, not of the pictures', async () => {
    const endings = await deriveAll({ one: 'x', two: 'y' }, { childEntry: '/nowhere/child.js' })
    for (const ending of Object.values(endings)) {
      expect(ending).not.toBeInstanceOf(PictureRefused)
      expect((ending as Error).message).toBe('The process that decodes pictures does not start.')
      expect(String((ending as Error).cause)).toContain('Cannot find module')
    }
  })
}

/** Several pictures, with the faulty one among them. */
async function goodOnes(): Promise<Record<string, Buffer>> {
  const pictures = await Promise.all([1, 2, 3, 4, 5].map(seed => hills(300, 200, seed).png().toBuffer()))
  return Object.fromEntries(pictures.map((picture, index) => [`good-${index}`, picture]))
}

function expectGoodOnesDone(endings: Record<string, Ending>): void {
  const good = Object.entries(endings).filter(([name]) => name.startsWith('good-'))
  expect(good).toHaveLength(5)
  for (const [, ending] of good) expect(ending).toMatchObject({ width: 300, height: 200 })
}
