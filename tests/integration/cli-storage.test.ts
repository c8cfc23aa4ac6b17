import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Command } from 'commander'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import { createApp } from '../../src/main/app.ts'
import { importCommand } from '../../src/main/cli/import.ts'
import { createHeadlessApp } from '../../src/main/cli/program.ts'
import { storageSetCommand, storageStatusCommand, storageTestCommand } from '../../src/main/cli/storage.ts'
import { addStorageCommands } from '../../src/main/cli/storage-options.ts'
import { storageMoveCommand, storageSendCommand } from '../../src/main/cli/storage-work.ts'
import { run, runImport, start } from '../support/command-line.ts'
import { noGoogle } from '../support/google.ts'
import { hills } from '../support/pictures.ts'
import { startFaultProxy } from '../support/s3-fault-proxy.ts'
import { type S3Server, startS3Server } from '../support/s3-server.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const host = vi.hoisted(() => ({ google: undefined as unknown }))
vi.mock('../../src/main/cli/program.ts', async original => ({
  ...(await original<typeof import('../../src/main/cli/program.ts')>()),
  createHeadlessApp: (libraryFolder: string) =>
    createApp({
      libraryFolder,
      pageFolder: libraryFolder,
      samplesFolder: null,
      google: host.google as typeof noGoogle,
      report: error => {
        throw error
      },
    }),
}))

const files = { pageFolder: '', samplesFolder: '' }
const pictureCount = 3
let folder: string
let library: string
let printed: string[]
let store: S3Server

beforeEach(async () => {
  folder = await makeTempFolder('cli-storage')
  library = join(folder, 'Library')
  store = await startS3Server()
  onTestFinished(store.stop)
  // Outlives each command, as a keychain does.
  const secrets = createMemoryStore()
  host.google = { ...noGoogle, openSecrets: async () => ({ store: secrets, notice: null }) }
  printed = []
  vi.spyOn(console, 'log').mockImplementation(line => void printed.push(String(line)))
  onTestFinished(() => void vi.restoreAllMocks())
})

async function makeAlbum(count = pictureCount): Promise<string> {
  const album = await makeTempFolder('album')
  for (let number = 0; number < count; number++) {
    await writeFile(join(album, `${number}.png`), await hills(60, 40, number).png().toBuffer())
  }
  return album
}

const text = () => ({ library, json: false })
const json = () => ({ library, json: true })
const lastJson = () => JSON.parse(printed.at(-1) ?? '')

/** What is given to `burg-ink storage set`, with the secret on standard input. */
async function set(change: Parameters<typeof storageSetCommand>[0] = {}, secret = 'S3RVER'): Promise<number> {
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor
  Object.defineProperty(process, 'stdin', { value: Readable.from([`${secret}\n`]), configurable: true })
  try {
    const { secretAccessKey: _secret, ...config } = store.config
    return await storageSetCommand({ keepsIn: 'cloud', ...config, ...change }, { ...json(), secretStdin: true }, files)
  } finally {
    Object.defineProperty(process, 'stdin', stdin)
  }
}

describe('burg-ink storage', () => {
  test('sends what is kept, moves it to the cloud and back, and says how much is where', async () => {
    await importCommand([await makeAlbum()], { ...json(), copy: true }, files)
    expect(await storageStatusCommand(text(), files)).toBe(0)
    expect(printed.at(-1)).toMatch(/^kept {15}on this computer\non this computer {3}3 originals, /)

    expect(await set()).toBe(0)
    expect(lastJson()).toMatchObject({ settings: { keepsIn: 'cloud', bucket: 'pictures' }, hasSecret: true })
    expect(await storageTestCommand(json(), files)).toBe(0)
    expect(lastJson()).toEqual({ ok: true, notice: null })

    expect(await storageSendCommand(json(), files)).toBe(0)
    expect(lastJson()).toMatchObject({ cloud: { count: pictureCount }, cloudOnly: { count: 0 }, faults: { count: 0 } })
    expect(await store.contents()).toHaveLength(pictureCount)

    expect(await storageMoveCommand('to-cloud', text(), files)).toBe(0)
    expect(printed.at(-1)).toMatch(/^3 originals, .* in the cloud\.$/)
    expect(await storageStatusCommand(text(), files)).toBe(0)
    expect(printed.at(-1)).toMatch(
      /only in the cloud {2}3 originals.*\n.*sending.*idle.*\nmove to-cloud.*completed, 3 of 3/,
    )

    expect(await storageMoveCommand('to-disk', json(), files)).toBe(0)
    expect(lastJson()).toMatchObject({ disk: { count: pictureCount }, cloud: { count: 0 } })
    expect(await store.contents()).toEqual([])
  })

  test('says at which step a test failed, and ends with 1', async () => {
    await set({}, 'not the secret')
    expect(await storageTestCommand(text(), files)).toBe(1)
    expect(printed.at(-1)).toMatch(/^write {3}failed: The secret does not fit the access key/)
    await set({ bucket: 'no-such-bucket' })
    expect(await storageTestCommand(json(), files)).toBe(1)
    expect(lastJson()).toMatchObject({ ok: false, step: 'write', code: 'no-bucket' })
  })

  test('ends with the reason when nothing more can be sent', async () => {
    await importCommand([await makeAlbum()], { ...json(), copy: true }, files)
    await set({}, 'not the secret')
    await expect(storageSendCommand(text(), files)).rejects.toThrow(/The secret does not fit the access key/)
  })

  test('keeps what is left out of a change, and nothing that means something else for another kind of store', async () => {
    await set({ localBudgetBytes: 5e9 })
    expect(await storageSetCommand({ bucket: 'others' }, { ...json(), secretStdin: false }, files)).toBe(0)
    expect(lastJson()).toMatchObject({ settings: { bucket: 'others', localBudgetBytes: 5e9 }, hasSecret: true })
    const spaces = { preset: 'spaces', region: 'fra1' } as const
    expect(await storageSetCommand(spaces, { ...json(), secretStdin: false }, files)).toBe(0)
    expect(lastJson().settings).toMatchObject({ region: 'fra1', endpoint: '', isPathStyle: false, bucket: 'others' })
  })

  test('goes no other way while a move is under way, and stops it when asked', async () => {
    const proxy = await startFaultProxy(store.url)
    onTestFinished(proxy.stop)
    await importCommand([await makeAlbum()], { ...json(), copy: true }, files)
    await set({ endpoint: proxy.url })
    // No original comes back to be compared, so that the move does not end.
    proxy.fault({ kind: 'silence' }, ['get'])
    const app = await createHeadlessApp(library, files)
    await app.start()
    await app.handlers['storage.move']({ direction: 'to-cloud' })
    await app.handlers['storage.pauseMove']({})
    await app.stop()

    await expect(storageMoveCommand('to-disk', text(), files)).rejects.toThrow(
      /"burg-ink storage move to-cloud" goes on/,
    )
    expect(await storageMoveCommand('stop', text(), files)).toBe(0)
    expect(printed.at(-1)).toBe('Stopped. What was moved stays where it is.')
    await storageStatusCommand(json(), files)
    expect(lastJson()).toMatchObject({ move: { state: 'cancelled' }, disk: { count: pictureCount } })
  })

  test('says what has to come first', async () => {
    await expect(storageTestCommand(text(), files)).rejects.toThrow(/burg-ink storage set --help/)
    await expect(storageSendCommand(text(), files)).rejects.toThrow(/kept on this computer only/)
    await expect(storageMoveCommand('to-cloud', text(), files)).rejects.toThrow(/no store in the cloud/)
    await expect(storageMoveCommand('stop', text(), files)).rejects.toThrow('No move is under way.')
    await expect(set({}, '')).rejects.toThrow('There was no secret key on standard input.')
  })
})

/** What names the store of these tests, at the address it is reached by. */
function argumentsFor(endpoint: string): string[] {
  const { bucket, accessKeyId } = store.config
  return ['--preset', 'custom', '--endpoint', endpoint, '--path-style', '--bucket', bucket, '--key-id', accessKeyId]
}

describe('burg-ink storage in a terminal', () => {
  test('takes the secret from a variable and never shows it', async () => {
    const { accessKeyId } = store.config
    const env = { STORAGE_SECRET_ACCESS_KEY: 'S3RVER' }
    const args = [...argumentsFor(store.url), '--budget-gb', '2.5', '--json']
    const ended = await run(['storage', 'set', '--library', library, ...args], { env })
    expect(ended).toMatchObject({ code: 0 })
    expect(JSON.parse(ended.stdout)).toMatchObject({
      settings: { preset: 'custom', isPathStyle: true, accessKeyId, localBudgetBytes: 2.5e9 },
    })
    const tested = await run(['storage', 'test', '--library', library], { env })
    expect(tested).toMatchObject({ code: 0, stdout: 'write   works\nread    works\ndelete  works\n' })
    const wrong = await run(['storage', 'test', '--library', library], {
      env: { STORAGE_SECRET_ACCESS_KEY: 'hush-hush' },
    })
    expect(wrong.code).toBe(1)
    expect(wrong.stdout + wrong.stderr).not.toContain('hush-hush')
  })

  test('pauses a move at Ctrl-C, says how to go on, and goes on there', async () => {
    const proxy = await startFaultProxy(store.url, { latencyMs: 400 })
    onTestFinished(proxy.stop)
    await runImport(await makeAlbum(12), library, '--copy')
    const env = { STORAGE_SECRET_ACCESS_KEY: 'S3RVER' }
    await run(['storage', 'set', '--library', library, ...argumentsFor(proxy.url)], { env })
    const move = ['storage', 'move', 'to-cloud', '--library', library, '--json']
    const begun = start(move, { env })
    await vi.waitFor(() => expect(proxy.count('put')).toBeGreaterThan(0), { timeout: 50_000 })
    begun.pressCtrlC()
    const ended = await begun.ended
    expect(ended.code).toBe(130)
    expect(ended.stderr).toContain('Paused. "burg-ink storage move to-cloud" goes on where this one stopped')
    const { stdout } = await run(['storage', '--library', library, '--json'], { env })
    expect(JSON.parse(stdout)).toMatchObject({ move: { state: 'paused', direction: 'to-cloud' } })

    const { code, stdout: result } = await run(move, { env })
    expect(code).toBe(0)
    expect(JSON.parse(result)).toMatchObject({ disk: { count: 0 }, cloudOnly: { count: 12 } })
  }, 180_000)

  test('explains itself', async () => {
    const program = new Command('burg-ink')
    addStorageCommands(program, files)
    const commands = program.commands.flatMap(storage => storage.commands)
    expect(commands.map(command => command.name())).toEqual(['status', 'test', 'set', 'send', 'move'])
    for (const command of commands) {
      expect(command.helpInformation()).toMatch(new RegExp(`^Usage: burg-ink storage ${command.name()} `))
    }
    const { code, stdout } = await run(['storage', 'set', '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('never an argument')
    const wrong = await run(['storage', 'set', '--budget-gb', 'much', '--library', library])
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('or off') })
  })
})
