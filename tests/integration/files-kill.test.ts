import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { run, start } from '../support/command-line.ts'
import { badFiles, makeTemporaryFolder, smallPicture, writeFiles } from '../support/drawn-folder.ts'
import { ask, countEnded, faultsOf, ledgerOf, previewsOf } from '../support/library-facts.ts'

function countChosen(library: string): number {
  if (!existsSync(join(library, 'library.db'))) return 0
  try {
    return ask<{ count: number }>(library, 'SELECT count(*) AS count FROM chosen_files')[0]?.count ?? 0
  } catch {
    // Its tables are being made.
    return 0
  }
}

/** A folder of pictures, of copies and of what cannot be imported. @returns their names. */
async function drawFolder(folder: string): Promise<string[]> {
  const files: Record<string, Buffer> = {}
  for (let i = 0; i < 60; i += 1) files[`picture ${i}.jpg`] = await smallPicture(i)
  for (let i = 0; i < 60; i += 10) files[`picture ${i} again.jpg`] = await smallPicture(i)
  for (const [name, { bytes }] of Object.entries(await badFiles())) files[name.replace('bad/', '')] = bytes
  await writeFiles(folder, files)
  return Object.keys(files)
}

function resultOf(stdout: string) {
  const { elapsedMs: _took, failures, ...counts } = JSON.parse(stdout)
  const paths = failures.map((failure: { path: string; reason: string }) => `${failure.path}: ${failure.reason}`)
  return { ...counts, failures: paths.sort() }
}

test('killed again and again, an import of chosen files ends with these alone, as if nothing had happened', async () => {
  const { path: root, remove } = await makeTemporaryFolder()
  onTestFinished(remove)
  const folder = join(root, 'pictures')
  const library = join(root, 'library')
  const undisturbed = join(root, 'undisturbed')
  const chosen = (await drawFolder(folder)).filter((_, i) => i % 3 !== 1)
  const args = (to: string) => ['import', ...chosen.map(name => join(folder, name)), '--library', to, '--json']
  const reference = await run(args(undisturbed))
  expect(reference).toMatchObject({ code: 0, stderr: '' })
  expect(resultOf(reference.stdout)).toMatchObject({ found: chosen.length, refused: [] })

  // At first as soon as it is written down what was chosen, then after more and more files.
  const moments = [
    () => countChosen(library) > 0,
    ...[0, 8, 16, 24, 32].map(count => () => countEnded(library) > count),
  ]
  for (const isThere of moments) {
    const running = start(args(library))
    await expect.poll(isThere, { interval: 2, timeout: 30_000 }).toBe(true)
    running.process.kill('SIGKILL')
    expect((await running.ended).signal).toBe('SIGKILL')
  }
  expect(countEnded(library)).toBeLessThan(chosen.length)

  const last = await run(args(library))
  expect(last).toMatchObject({ code: 0, stderr: '' })
  expect(resultOf(last.stdout)).toEqual(resultOf(reference.stdout))
  expect(ask(library, 'SELECT chosen_count AS count FROM syncs')).toEqual([{ count: chosen.length }])
  expect(ledgerOf(library)).toEqual(ledgerOf(undisturbed))
  expect(ask(library, 'SELECT path FROM files')).toHaveLength(chosen.length)
  expect(previewsOf(library)).toEqual(previewsOf(undisturbed))
  expect(faultsOf(library)).toEqual([])
}, 120_000)
