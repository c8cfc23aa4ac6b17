import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runImport, start } from '../support/command-line.ts'
import { makeTemporaryFolder } from '../support/drawn-folder.ts'
import { ask, countEnded, faultsOf, ledgerOf, previewsOf } from '../support/library-facts.ts'
import { drawMixedFolder } from '../support/mixed-folder.ts'

const kills = 20

/** mulberry32: the same moments in every run, as far as the computer lets them be the same. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function nextMoment(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 10))
}

test('killed at twenty random moments and started again, an import ends as if nothing had happened', async () => {
  const { path: root, remove } = await makeTemporaryFolder()
  onTestFinished(remove)
  const pictures = join(root, 'pictures')
  const undisturbed = join(root, 'undisturbed')
  const library = join(root, 'library')
  const found = await drawMixedFolder(pictures, 150)

  const beganMs = performance.now()
  const reference = await runImport(pictures, undisturbed)
  const wholeMs = performance.now() - beganMs
  const againMs = performance.now()
  await runImport(join(pictures, 'series 1'), join(root, 'empty run'))
  const startMs = performance.now() - againMs
  expect(reference.found).toBe(found)

  const random = createRandom(20)
  // Each run gets on by a twentieth of the work on average, so that the kills are spread over all of it; some hit the start.
  const longestMs = startMs + (2 * Math.max(0, wholeMs - startMs)) / kills
  const progress = [0]
  for (let kill = 1; kill <= kills; kill += 1) {
    const running = start(['import', pictures, '--library', library, '--json'])
    const untilMs = performance.now() + random() * longestMs + (random() < 0.7 ? startMs * 0.5 : 0)
    // Where the computer is quicker than before, so that work is left for the kills to come.
    const enough = Math.max((found * kill) / (kills + 2), progress.at(-1) as number)
    while (performance.now() < untilMs && countEnded(library) <= enough) await nextMoment()
    running.process.kill('SIGKILL')
    expect((await running.ended).signal).toBe('SIGKILL')
    progress.push(countEnded(library))
  }
  // What has ended stays ended.
  expect(progress).toEqual(progress.toSorted((one, other) => one - other))
  expect(new Set(progress).size, `killed after ${progress} files`).toBeGreaterThan(4)

  const last = await runImport(pictures, library)
  const { failures, elapsedMs: _took, ...counts } = last
  const byPath = (one: { path: string }, other: { path: string }) => (one.path < other.path ? -1 : 1)
  expect({ ...counts, failures: failures.sort(byPath) }).toEqual({
    found,
    imported: reference.imported,
    duplicates: reference.duplicates,
    skipped: reference.skipped,
    failed: reference.failed,
    failures: reference.failures.sort(byPath),
  })
  expect(ask(library, 'SELECT id FROM syncs')).toHaveLength(1)
  expect(ledgerOf(library)).toEqual(ledgerOf(undisturbed))
  expect(previewsOf(library)).toEqual(previewsOf(undisturbed))
  expect(previewsOf(library)).toHaveLength(2 * reference.imported)
  const media = 'SELECT filename, processing_status, sha256, width, height FROM media ORDER BY sha256, filename'
  expect(ask(library, media)).toEqual(ask(undisturbed, media))
  expect(faultsOf(library)).toEqual([])
  expect(faultsOf(undisturbed)).toEqual([])
}, 180_000)
