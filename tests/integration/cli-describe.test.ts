import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import { createApp } from '../../src/main/app.ts'
import { type AnalysisOptions, analysisCommand } from '../../src/main/cli/analysis.ts'
import { type DescribeOptions, describeCommand } from '../../src/main/cli/describe.ts'
import { importCommand } from '../../src/main/cli/import.ts'
import { run } from '../support/command-line.ts'
import { smallPicture } from '../support/drawn-folder.ts'
import { noGoogle } from '../support/google.ts'
import { faults, type OpenAiServer, startOpenAiServer } from '../support/openai-server/index.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { until } from '../support/watched-rooms.ts'

const host = vi.hoisted(() => ({ openAiUrl: '', secrets: undefined as unknown }))
vi.mock('../../src/main/cli/program.ts', async original => ({
  ...(await original<typeof import('../../src/main/cli/program.ts')>()),
  createHeadlessApp: (libraryFolder: string) =>
    createApp({
      libraryFolder,
      pageFolder: libraryFolder,
      samplesFolder: null,
      google: {
        ...noGoogle,
        openSecrets: async () => ({ store: host.secrets as ReturnType<typeof createMemoryStore>, notice: null }),
      },
      analysis: { openAiUrl: host.openAiUrl },
      report: error => {
        throw error
      },
    }),
}))

const files = { pageFolder: '', samplesFolder: '' }
let openai: OpenAiServer
let library: string
let printed: string[]
let complained: string[]

beforeEach(async () => {
  openai = await startOpenAiServer()
  onTestFinished(openai.close)
  host.openAiUrl = openai.url
  host.secrets = createMemoryStore()
  const folder = await makeTempFolder('describe')
  library = join(folder, 'Library')
  printed = []
  complained = []
  vi.spyOn(console, 'log').mockImplementation(line => void printed.push(String(line)))
  vi.spyOn(console, 'error').mockImplementation(line => void complained.push(String(line)))
  onTestFinished(() => void vi.restoreAllMocks())
  onTestFinished(letSignalsGo())
  const studio = join(folder, 'Studio')
  await mkdir(studio)
  for (const [i, name] of ['boat', 'barn', 'hill'].entries()) {
    await writeFile(join(studio, `${name}.png`), await smallPicture(i, 'png'))
  }
  expect(await importCommand([studio], { library, json: true }, files)).toBe(0)
  printed.splice(0)
})

/** Commands listen for the end of their process, which here is that of all tests. */
function letSignalsGo(): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const before = new Set(signals.flatMap(signal => process.listeners(signal)))
  return () => {
    for (const signal of signals) {
      for (const listener of process.listeners(signal)) if (!before.has(listener)) process.off(signal, listener)
    }
  }
}

const analysis = (action: 'status' | 'set', options: Partial<AnalysisOptions> = {}, input?: NodeJS.ReadStream) =>
  analysisCommand(action, { library, json: false, ...options }, files, input)
const describing = (options: Partial<DescribeOptions>, words = '') =>
  describeCommand(words, { library, json: true, ...options }, files)
const piped = (text: string) => Readable.from([text]) as unknown as NodeJS.ReadStream

/** OpenAI with a good key. */
async function setUp(options: Partial<AnalysisOptions> = {}): Promise<void> {
  const saved = { analyser: 'openai', model: 'gpt-5-mini', detail: 'low', key: 'stdin', ...options } as const
  expect(await analysis('set', saved, piped(`${openai.key}\n`))).toBe(0)
  printed.splice(0)
}

const result = () => JSON.parse(printed.at(-1) ?? '')
const picturesAsked = () => openai.asked.filter(({ path }) => path === '/v1/responses').length

describe('burg-ink analysis', () => {
  test('sets up a model with a key from a pipe, and says all but the key', async () => {
    await setUp()
    expect(await analysis('status')).toBe(0)
    expect(printed).toEqual([
      'Describes  OpenAI, gpt-5-mini, detail low, English, prompt default',
      'Key        from the keychain',
      'Pictures   0 described, 3 not',
      'Spent      $0 of $5.00 today, $0 this month',
    ])
    const kept = (await readdir(library, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
    expect(kept.length).toBeGreaterThan(5)
    for (const { parentPath, name } of kept) {
      expect((await readFile(join(parentPath, name))).includes(openai.key)).toBe(false)
    }
  })

  test('takes a key from a variable, forgets one, and refuses one as an argument', async () => {
    vi.stubEnv('STUDIO_KEY', openai.key)
    onTestFinished(() => void vi.unstubAllEnvs())
    await setUp({ key: 'env:STUDIO_KEY' })
    await analysis('set', { key: 'none', json: true })
    expect(result()).toMatchObject({ keyFrom: null, settings: { model: 'gpt-5-mini' } })
    await expect(analysis('set', { key: openai.key })).rejects.toThrow('A key is never an argument.')
    await expect(analysis('set', { key: 'env:NO_SUCH_KEY' })).rejects.toThrow('NO_SUCH_KEY is not set.')
  })

  test('changes only what it is told to', async () => {
    await setUp({ language: 'Deutsch', dayCap: null })
    await analysis('set', { runCap: 1.5, batch: true, json: true })
    expect(result().settings).toMatchObject({ language: 'Deutsch', dayCapUsd: null, runCapUsd: 1.5, usesBatch: true })
  })
})

describe('burg-ink describe', () => {
  test('says what it would cost, describes what is not described, and then finds nothing left', async () => {
    await setUp()
    expect(await describing({ all: true, estimate: true })).toBe(0)
    expect(result()).toMatchObject({ pictures: 3, reused: 0, notice: null })
    expect(picturesAsked()).toBe(0)

    expect(await describing({ all: true, cap: 1 })).toBe(0)
    expect(result()).toMatchObject({ state: 'completed', total: 3, done: 3, failed: 0 })
    expect(result().spentUsd).toBeGreaterThan(0)
    expect(complained.join('\n')).toMatch(/3 pictures: about \$[\d.]+ now, about \$[\d.]+ within a day/)

    printed.splice(0)
    expect(await describing({ all: true })).toBe(0)
    expect(complained.at(-1)).toBe('No pictures to describe.')
    expect(picturesAsked()).toBe(3)
  })

  test('finds pictures by words and by folder, and asks with another model and prompt', async () => {
    await setUp()
    expect(await describing({}, 'boat')).toBe(0)
    expect(result()).toMatchObject({ total: 1, done: 1 })
    expect(await describing({ folder: 'Studio', model: 'gpt-4o-mini', prompt: 'default' })).toBe(0)
    expect(result()).toMatchObject({ total: 3, done: 3, reused: 0 })
    await expect(describing({ folder: 'Attic' })).rejects.toThrow('The library has no folder Attic.')
    await expect(describing({ all: true, prompt: 'Notes' })).rejects.toThrow('There is no prompt Notes.')
    await expect(describing({})).rejects.toThrow('Say which pictures')
  })

  test('spends nothing where nobody said how much it may cost', async () => {
    await setUp({ dayCap: null })
    await expect(describing({ all: true })).rejects.toThrow('There is no cap on what this may cost.')
    expect(picturesAsked()).toBe(0)
    expect(await describing({ all: true, yes: true })).toBe(0)
    expect(picturesAsked()).toBe(3)
  })

  test('stops at its cap, says so, and has sent nothing above it', async () => {
    await setUp()
    expect(await describing({ all: true, cap: 0.000001 })).toBe(1)
    expect(complained.join('\n')).toContain('The cap of this run')
    expect(picturesAsked()).toBe(0)
  })

  test('without credit it is paused with the reason, and goes on when told to', async () => {
    await setUp()
    openai.failNext(faults.noCredit(), { times: 3 })
    expect(await describing({ all: true })).toBe(1)
    expect(complained.join('\n')).toMatch(/credit/)
    expect(complained.at(-1)).toBe('"burg-ink describe --resume" goes on.')
    openai.failNoMore()
    expect(await describing({ resume: true })).toBe(0)
    expect(result()).toMatchObject({ state: 'completed', done: 3 })
    await expect(describing({ resume: true })).rejects.toThrow('No run is paused.')
  })

  test('Ctrl-C pauses; what was sent is not paid twice', async () => {
    await setUp()
    openai.settings.latencyMs = 500
    const ended = describing({ all: true })
    await until(() => picturesAsked() > 0)
    process.emit('SIGINT')
    expect(await ended).toBe(130)
    expect(complained.at(-1)).toMatch(/^Paused at \d of 3; \$[\d.]+ spent\. "burg-ink describe --resume" goes on\.$/)
    openai.settings.latencyMs = 0
    expect(await describing({ resume: true })).toBe(0)
    expect(result()).toMatchObject({ state: 'completed', total: 3, done: 3 })
    expect(picturesAsked()).toBe(3)
  })

  test('both commands explain themselves', async () => {
    for (const command of ['describe', 'analysis']) {
      const { code, stdout } = await run([command, '--help'])
      expect(code).toBe(0)
      expect(stdout).toMatch(new RegExp(`^Usage: burg-ink ${command} `))
    }
  })
})
