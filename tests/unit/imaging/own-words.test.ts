import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inOwnWords } from '../../../src/main/imaging/own-words.ts'
import { hills, makeFolder, openImaging, targetsIn } from '../../support/pictures.ts'

test('of pictures that fail side by side each is told its own reason, every time', async () => {
  const folder = await makeFolder()
  const jpeg = await hills(200, 160, 1).jpeg().toBuffer()
  const damaged = await hills(200, 160, 2).png().toBuffer()
  damaged.fill(0x55, damaged.length >> 1, damaged.length - 16)
  await writeFile(join(folder, 'cut'), jpeg.subarray(0, jpeg.length / 2))
  await writeFile(join(folder, 'damaged'), damaged)
  await writeFile(join(folder, 'whole'), jpeg)
  const imaging = openImaging({ cores: 4 })
  const reasonOf = (name: string, i: number) =>
    imaging.derive(join(folder, name), targetsIn(folder, `${name}${i}`)).then(
      () => `${name}: derived`,
      error => `${name}: ${error.message}`,
    )
  const all: Promise<string>[] = []
  for (let i = 0; i < 30; i += 1) for (const name of ['cut', 'damaged', 'whole']) all.push(reasonOf(name, i))
  expect([...new Set(await Promise.all(all))].sort()).toEqual([
    'cut: The picture breaks off before its end. Restore it from a backup, then retry.',
    'damaged: The picture is damaged and could not be decoded. Restore it from a backup, then retry.',
    'whole: derived',
  ])
})

test('work that fails alone is not done again, work that fails in company is, when it is alone', async () => {
  let underWay = 0
  let most = 0
  const calls: string[] = []
  const work = (name: string, fails: boolean) => async () => {
    underWay += 1
    most = Math.max(most, underWay)
    calls.push(`${name} ${underWay}`)
    await new Promise(resolve => setImmediate(resolve))
    underWay -= 1
    if (fails) throw new Error(name)
    return name
  }
  await expect(inOwnWords(work('alone', true))).rejects.toThrow('alone')
  expect(calls.splice(0)).toEqual(['alone 1'])
  const settled = await Promise.allSettled([
    inOwnWords(work('a', true)),
    inOwnWords(work('b', false)),
    inOwnWords(work('c', true)),
  ])
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected'])
  expect(most).toBe(3)
  expect(calls.toSorted()).toEqual(['a 1', 'a 1', 'b 2', 'c 1', 'c 3'])
  expect(await inOwnWords(work('later', false))).toBe('later')
})
