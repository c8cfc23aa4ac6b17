import { expect, test } from 'vitest'
import { progressLines, watchDownloads } from '../../../scripts/download-progress.ts'
import { serveForTest } from '../../support/answering.ts'

test('a file comes whole, and how much of it is there is said on the way', async () => {
  const heard: (number | undefined)[] = []
  const address = await serveForTest((_, response) => {
    response.setHeader('content-length', 8)
    response.write('half')
    setImmediate(() => response.end('done'))
  })
  const watched = watchDownloads(fetch, ({ receivedBytes, totalBytes }) => heard.push(receivedBytes, totalBytes), 5000)
  const response = await watched(address)
  expect(await response.text()).toBe('halfdone')
  expect(heard.slice(-2)).toEqual([8, 8])
})

test('a server that accepts and says nothing, or stops in the middle, is left', async () => {
  const watched = watchDownloads(fetch, () => {}, 200)
  await expect(watched(await serveForTest(() => {}))).rejects.toThrow('nothing came for')
  const stops = await serveForTest((_, response) => {
    response.setHeader('content-length', 8)
    response.write('half')
  })
  const response = await watched(stops)
  await expect(response.text()).rejects.toThrow('nothing came for')
})

test('a refusal is handed on as it is', async () => {
  const watched = watchDownloads(fetch, () => {}, 5000)
  expect((await watched(await serveForTest((_, response) => response.writeHead(404).end('no')))).status).toBe(404)
})

test('a terminal shows one line that changes, a file each tenth', () => {
  const written = (isTTY: boolean) => {
    const texts: string[] = []
    const say = progressLines({ isTTY, write: line => texts.push(String(line)) > 0 })
    for (let received = 1e6; received <= 100e6; received += 1e6) say({ receivedBytes: received, totalBytes: 100e6 })
    return texts
  }
  expect(written(false).slice(0, 3)).toEqual(['  0 of 100 MB\n', '  10 of 100 MB\n', '  20 of 100 MB\n'])
  expect(written(false)).toHaveLength(11)
  expect(written(true)[0]).toBe('\r  1 of 100 MB')
  expect(written(true).at(-1)).toBe('\r  100 of 100 MB\n')
})
