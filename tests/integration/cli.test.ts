import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { descendantsOf, type Ended, isAlive, run, runImport, start } from '../support/command-line.ts'
import { badFiles, makeTemporaryFolder, smallPicture, writeFiles } from '../support/drawn-folder.ts'
import { ask, countEnded, faultsOf } from '../support/library-facts.ts'

const pictureCount = 150
let root: string
let removeRoot: () => Promise<void>
let pictures: string
/** Fresh for each test. */
let library: string
let number = 0

beforeAll(async () => {
  ;({ path: root, remove: removeRoot } = await makeTemporaryFolder())
  pictures = join(root, 'pictures')
  const files: Record<string, Buffer> = {
    'series 0/again.jpg': await smallPicture(0),
    'notes.txt': Buffer.from('no picture'),
  }
  for (let i = 0; i < pictureCount; i += 1) files[`series ${i % 4}/picture ${i}.jpg`] = await smallPicture(i)
  for (const [name, { bytes }] of Object.entries(await badFiles())) files[name] = bytes
  await writeFiles(pictures, files)
})
afterAll(() => removeRoot?.())
beforeEach(() => {
  library = join(root, `library ${++number}`)
})

const found = pictureCount + 7
const lines = (text: string) => text.trimEnd().split('\n')

/** One line on stderr that a person can read, nothing on stdout, exit code 1. */
function expectComplaint(ended: Ended, sentence: RegExp): void {
  expect(ended).toMatchObject({ code: 1, signal: null, stdout: '' })
  expect(ended.stderr).toMatch(/^[^\n]+\n$/)
  expect(ended.stderr).toMatch(sentence)
}

describe('help', () => {
  test.each(['import', 'serve', 'open', 'status', 'restore'])('of %s is printed and is no failure', async command => {
    const { code, stdout, stderr } = await run([command, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^Usage: burg-ink ${command} `))
    expect(stdout).toContain('--library <folder>')
  })

  test('names every command', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    for (const command of ['import', 'serve', 'open', 'status', 'restore']) expect(stdout).toContain(`  ${command} `)
  })

  test.each([
    ['import'],
    ['import', '/tmp', '--nonsense'],
    ['serve', '--port', 'many'],
    ['serve', '--port', '65536'],
    ['serve', '--port', '-1'],
    ['serve', '--port', '80.5'],
    ['serve', '--port'],
    ['status', '--library'],
    ['no-such-command'],
  ])('is pointed at by %s %s %s', async (...args) => {
    const { code, stdout, stderr } = await run(args.filter(arg => arg !== undefined))
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^error: .+\n.*--help says how/)
    expect(stderr).not.toMatch(/\n {4}at /)
  })
})

describe('import', () => {
  test('with --json ends with one line of exactly the documented keys, whose sums are right', async () => {
    const { code, stdout, stderr } = await run(['import', pictures, '--library', library, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(lines(stdout)).toHaveLength(1)
    const result = JSON.parse(stdout)
    expect(Object.keys(result)).toEqual('found imported duplicates skipped failed elapsedMs failures'.split(' '))
    expect(result).toMatchObject({ found, imported: pictureCount, duplicates: 1, skipped: 1, failed: 5 })
    expect(result.elapsedMs).toBeGreaterThan(0)
    expect(Number.isInteger(result.elapsedMs)).toBe(true)
    expect(result.failures.map((failure: object) => Object.keys(failure))).toEqual(Array(5).fill(['path', 'reason']))
    const reasons = Object.fromEntries(
      result.failures.map(({ path, reason }: Record<string, string>) => [path, reason]),
    )
    expect(reasons).toEqual({
      'bad/empty.jpg': 'The file is empty. Restore it from a backup or its source, then retry.',
      'bad/noise.png': 'The file holds a format Burg Ink cannot read yet.',
      'bad/cut short.jpg': expect.stringContaining('breaks off before its end'),
      'bad/damaged.png': expect.stringContaining('damaged'),
      'bad/huge.png': expect.stringContaining('3,600 megapixels'),
    })
    expect(faultsOf(library)).toEqual([])
  })

  test('without --json says it in words', async () => {
    const { code, stdout, stderr } = await run(['import', join(pictures, 'bad'), '--library', library])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(lines(stdout).slice(0, -1).sort()[3]).toBe(
      'failed  bad/huge.png: The picture has 3,600 megapixels; Burg Ink opens up to 512.'.replace('bad/', ''),
    )
    expect(lines(stdout).at(-1)).toMatch(/^5 found: 0 imported, 0 duplicates, 0 skipped, 5 failed, in \d+\.\d s\.$/)
  })

  test('a second time imports nothing and reads no file whose size and time are unchanged', async () => {
    const folder = join(root, 'read once')
    await writeFiles(folder, { 'a.jpg': await smallPicture(1), 'b.jpg': await smallPicture(2), 'empty.jpg': '' })
    await utimes(join(folder, 'a.jpg'), 1_700_000_000, 1_700_000_000)
    expect(await runImport(folder, library)).toMatchObject({ found: 3, imported: 2, failed: 1 })
    // Who reads it again finds something else.
    await writeFile(join(folder, 'a.jpg'), Buffer.alloc((await stat(join(folder, 'a.jpg'))).size))
    await utimes(join(folder, 'a.jpg'), 1_700_000_000, 1_700_000_000)
    const second = await runImport(folder, library)
    expect(second).toMatchObject({ found: 3, imported: 0, duplicates: 0, skipped: 2, failed: 1 })
    expect(second.failures).toEqual([
      { path: 'empty.jpg', reason: 'The file is empty. Restore it from a backup or its source, then retry.' },
    ])
  })

  test('of single pictures brings in these alone, and of a folder beside them all; --json sums up', async () => {
    const folder = join(root, 'one by one')
    const other = join(root, 'whole')
    const bytes = await Promise.all([601, 602, 603, 604].map(number => smallPicture(number)))
    await writeFiles(folder, {
      'a.jpg': bytes[0] as Buffer,
      'b.jpg': bytes[1] as Buffer,
      'empty.jpg': '',
      'c.txt': 'c',
    })
    await writeFiles(other, { 'd.jpg': bytes[2] as Buffer, 'e.jpg': bytes[3] as Buffer })
    // As a person types it, below the folder the terminal is in.
    const args = ['import', 'one by one/a.jpg', './one by one/empty.jpg', 'whole', '--library', library]
    const { code, stdout, stderr } = await run([...args, '--json'], { cwd: root })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(lines(stdout)).toHaveLength(1)
    const result = JSON.parse(stdout)
    expect(Object.keys(result)).toEqual(
      'found imported duplicates skipped failed elapsedMs failures refused'.split(' '),
    )
    expect(result).toMatchObject({ found: 4, imported: 3, duplicates: 0, skipped: 0, failed: 1, refused: [] })
    expect(result.failures).toEqual([{ path: join(folder, 'empty.jpg'), reason: expect.stringMatching(/empty/) }])
    expect(ask(library, 'SELECT path FROM files ORDER BY path')).toEqual(
      ['a.jpg', 'd.jpg', 'e.jpg', 'empty.jpg'].map(path => ({ path })),
    )
    expect(faultsOf(library)).toEqual([])
  })

  test('what cannot be imported is said, the rest is imported, and the exit code is 1', async () => {
    const folder = join(root, 'some')
    await writeFiles(folder, { 'a.jpg': await smallPicture(605), 'c.txt': 'c' })
    const paths = ['a.jpg', 'c.txt', 'gone.jpg', 'red \u001b[31m.jpg'].map(name => join(folder, name))
    const json = await run(['import', ...paths, '--library', library, '--json'])
    expect(json).toMatchObject({ code: 1, stderr: '' })
    expect(JSON.parse(json.stdout)).toMatchObject({
      found: 1,
      imported: 1,
      refused: paths.slice(1).map(path => ({ path, reason: expect.stringMatching(/\.$/) })),
    })
    const human = await run(['import', ...paths, '--library', library])
    expect(human).toMatchObject({ code: 1, stderr: '' })
    expect(human.stdout).not.toContain('\u001b')
    expect(lines(human.stdout)).toEqual([
      `refused ${paths[1]}: Not a kind of picture or video Burg Ink reads yet.`,
      expect.stringMatching(/^refused .*gone\.jpg: It is not there\./),
      expect.stringMatching(/^refused .*red /),
      expect.stringMatching(/^1 found: 0 imported, 0 duplicates, 1 skipped, 0 failed, in/),
    ])
  })

  test('with --copy keeps the originals as well', async () => {
    const folder = join(root, 'kept')
    const bytes = await smallPicture(1)
    await writeFiles(folder, { 'a.jpg': bytes })
    await runImport(folder, library, '--copy')
    const [row] = ask<{ key: string }>(library, 'SELECT spaces_key AS key FROM media')
    expect(await readFile(join(library, row?.key as string))).toEqual(bytes)
  })

  test('a folder that is not there is one sentence', async () => {
    const ended = await run(['import', join(root, 'nowhere'), '--library', library])
    expectComplaint(ended, /^There is no folder at .*nowhere\. If it is on another disk, connect the disk first\.$/m)
  })

  test('a file that is no picture is one sentence, also with --json', async () => {
    const ended = await run(['import', join(pictures, 'notes.txt'), '--library', library, '--json'])
    expectComplaint(
      ended,
      /^Nothing was imported\. notes\.txt: Not a kind of picture or video Burg Ink reads yet\. Choose pictures, or folders that hold some\.$/m,
    )
  })

  test('a library folder of other files is one sentence, and stays as it was', async () => {
    const stranger = join(root, 'of somebody else')
    await writeFiles(stranger, { 'letter.txt': 'dear' })
    const ended = await run(['import', pictures, '--library', stranger])
    expectComplaint(ended, /holds other files and no Burg Ink library/)
    expect(await readFile(join(stranger, 'letter.txt'), 'utf8')).toBe('dear')
  })

  test.skipIf(process.platform === 'win32')('a folder that may not be read is one sentence', async context => {
    const folder = join(root, 'locked')
    await mkdir(folder, { mode: 0o000 })
    const uid = process.getuid?.() === 0 ? 65_534 : undefined
    const circumstances = { env: { HOME: root }, ...(uid !== undefined && { uid }) }
    const shared = join(root, 'anybody')
    await mkdir(shared, { mode: 0o777, recursive: true })
    await import('node:fs/promises').then(fs => Promise.all([fs.chmod(root, 0o755), fs.chmod(shared, 0o777)]))
    if ((await run(['--help'], circumstances)).code !== 0) {
      return context.skip('The program cannot be read by another user here.')
    }
    const ended = await run(['import', folder, '--library', join(shared, 'library')], circumstances)
    expectComplaint(ended, /The folder .*locked may not be read\. Check its permissions\./)
    const unwritable = await run(['import', pictures, '--library', join(folder, 'library')], circumstances)
    expectComplaint(unwritable, /cannot be written\. Check its permissions, or choose another place\./)
  })

  test.skipIf(process.platform === 'win32')('names of files can break neither the terminal nor the JSON', async () => {
    const folder = join(root, 'odd names')
    await mkdir(folder)
    const names = [
      'new\nline.jpg',
      'red \u001b[31m.jpg',
      'bell\u0007 tab\t.jpg',
      'evil \u202egpj.exe.jpg',
      '"quoted" \\.jpg',
      '\u009b2J.jpg',
    ]
    for (const name of names) await writeFile(join(folder, name), `no picture, but ${name}`)
    if (process.platform === 'linux') {
      await writeFile(Buffer.concat([Buffer.from(`${folder}/bytes \xff`, 'latin1'), Buffer.from('.jpg')]), 'no picture')
      names.push('bytes \ufffd.jpg')
    }
    const json = await run(['import', folder, '--library', library, '--json'])
    expect(lines(json.stdout)).toHaveLength(1)
    const { failures } = JSON.parse(json.stdout)
    expect(failures.map((failure: { path: string }) => failure.path).sort()).toEqual(names.toSorted())
    const human = await run(['import', folder, '--library', library])
    expect(lines(human.stdout)).toHaveLength(names.length + 1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(human.stdout.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    const nowhere = await run(['import', join(root, 'no\u001b[2Jwhere'), '--library', library])
    expect(nowhere.stderr).not.toContain('\u001b')
  })

  test.skipIf(process.platform === 'win32')('a picture whose name is no Unicode is imported', async () => {
    const folder = join(root, 'bytes')
    await mkdir(folder)
    await writeFile(Buffer.from(`${folder}/caf\xe9.jpg`, 'latin1'), await smallPicture(77))
    expect(await runImport(folder, library)).toMatchObject({ found: 1, imported: 1 })
  })

  test('stopped by Ctrl-C it says so, and the next import goes on', async () => {
    const running = start(['import', pictures, '--library', library, '--json'])
    await expect.poll(() => countEnded(library), { interval: 5, timeout: 30_000 }).toBeGreaterThan(5)
    running.pressCtrlC()
    const { code, stdout, stderr } = await running.ended
    expect({ code, stdout, stderr }).toEqual({
      code: 130,
      stdout: '',
      stderr: 'Stopped. Nothing is lost: the same command goes on where this one stopped.\n',
    })
    const done = countEnded(library)
    expect(done).toBeLessThan(found)
    expect(await runImport(pictures, library)).toMatchObject({ found, imported: pictureCount, failed: 5 })
    expect(ask(library, 'SELECT id FROM syncs')).toHaveLength(1)
    expect(faultsOf(library)).toEqual([])
  })

  test('of files, stopped by Ctrl-C it says so, and the same command goes on', async () => {
    const names = Array.from({ length: 60 }, (_, i) => join(pictures, 'series 1', `picture ${i * 4 + 1}.jpg`))
    const args = ['import', ...names.slice(0, 37), '--library', library, '--json']
    const running = start(args)
    await expect.poll(() => countEnded(library), { interval: 2, timeout: 30_000 }).toBeGreaterThan(2)
    running.pressCtrlC()
    expect(await running.ended).toMatchObject({
      code: 130,
      stderr: 'Stopped. Nothing is lost: the same command goes on where this one stopped.\n',
    })
    expect(countEnded(library)).toBeLessThan(37)
    const again = await run(args)
    expect(JSON.parse(again.stdout)).toMatchObject({ found: 37, imported: 37, failed: 0 })
    expect(ask(library, 'SELECT id FROM syncs')).toHaveLength(1)
    expect(faultsOf(library)).toEqual([])
  })

  test('whoever does not listen any more is no failure of the program', async () => {
    const running = start(['import', pictures, '--library', library, '--json'])
    running.process.stdout?.destroy()
    const { stderr } = await running.ended
    expect(stderr).toBe('')
  })
})

describe('serve', () => {
  const addressPattern = /^Burg Ink is at (http:\/\/127\.0\.0\.1:(\d+)\/)#token=(\S+)$/
  const serveOn = async (...args: [string[], NodeJS.ProcessEnv?]) => {
    const running = start(['serve', '--library', library, ...args[0]], { env: args[1] ?? {} })
    const [, address = '', port = '', token = ''] = addressPattern.exec(await running.firstLine) ?? []
    const get = (path: string) => fetch(address + path, { headers: { authorization: `Bearer ${token}` } })
    return { running, address, port: Number(port), token, get }
  }

  test('prints one line with the address and a token that opens it, new at each start', async () => {
    const first = await serveOn([])
    expect((await first.get('api/media')).status).toBe(200)
    expect((await fetch(`${first.address}api/media`)).status).toBe(401)
    first.running.process.kill('SIGTERM')
    const ended = await first.running.ended
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(lines(ended.stdout)).toHaveLength(1)
    const second = await serveOn([])
    expect(second.token).not.toBe(first.token)
    expect(second.token.length).toBeGreaterThanOrEqual(32)
  })

  test('takes its token from BURG_INK_TOKEN, and an empty one for none', async () => {
    const given = await serveOn([], { BURG_INK_TOKEN: 'mine & mine/alone' })
    expect(given.token).toBe('mine%20%26%20mine%2Falone')
    const authorization = 'Bearer mine & mine/alone'
    expect((await fetch(`${given.address}api/media`, { headers: { authorization } })).status).toBe(200)
    given.running.process.kill('SIGTERM')
    await given.running.ended
    const empty = await serveOn([], { BURG_INK_TOKEN: '' })
    expect(empty.token.length).toBeGreaterThanOrEqual(32)
    expect((await fetch(`${empty.address}api/media`, { headers: { authorization: 'Bearer ' } })).status).toBe(401)
  })

  test('a port that is taken is one sentence, and the library is left alone', async () => {
    const taken = createServer()
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    const ended = await run(['serve', '--library', library, '--port', String(port)])
    expectComplaint(ended, new RegExp(`^Port ${port} is taken by another program\\. Choose another with --port`))
    const served = await serveOn([])
    expect((await served.get('api/media')).status).toBe(200)
  })

  test('uses the port it is given', async () => {
    const first = await serveOn([])
    first.running.process.kill('SIGTERM')
    await first.running.ended
    expect((await serveOn(['--port', String(first.port)])).port).toBe(first.port)
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends on %s with open streams and a running import',
    async signal => {
      const { running, address, token, get } = await serveOn([])
      const stream = await get('api/events')
      const reader = stream.body?.getReader()
      expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('event: ready')
      await fetch(`${address}api/call/folder.import`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ path: pictures }),
      })
      await expect.poll(() => countEnded(library), { interval: 5, timeout: 30_000 }).toBeGreaterThan(5)
      const below = process.platform === 'linux' ? descendantsOf(running.pid) : []
      if (process.platform === 'linux') expect(below).toHaveLength(1)
      running.process.kill(signal)
      const beganMs = performance.now()
      const ended = await running.ended
      // Steps under way may finish; nothing waits for the rest.
      expect(performance.now() - beganMs).toBeLessThan(10_000)
      expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' })
      await reader?.read().catch(() => {})
      await expect.poll(() => below.filter(isAlive)).toEqual([])
    },
  )

  test('a library that is open already is one sentence, and goes on being served', async () => {
    const { get } = await serveOn([])
    const sentence =
      /^This library is already open in another Burg Ink \(process \d+ on .+, since .+\)\. Use that window, or close it and try again\.$/m
    expectComplaint(await run(['import', pictures, '--library', library]), sentence)
    expectComplaint(await run(['serve', '--library', library]), sentence)
    expectComplaint(await run(['restore', '--library', library]), sentence)
    expect((await get('api/media')).status).toBe(200)
  })
})

describe('status', () => {
  test('--json is what the server answers of pictures and imports, while it runs and after', async () => {
    await runImport(pictures, library)
    const running = start(['serve', '--library', library], { env: { BURG_INK_TOKEN: 'known' } })
    const address = / (http:\S+)#/.exec(await running.firstLine)?.[1]
    const answer = await fetch(`${address}api/inngest/status`, { headers: { authorization: 'Bearer known' } })
    // What does the work is known to the program alone that runs.
    const { engine, runs, ...answered } = await answer.json()
    expect([engine.name, runs.length > 0]).toEqual(['embedded', true])
    const during = await run(['status', '--library', library, '--json'])
    expect({ code: during.code, stderr: during.stderr }).toEqual({ code: 0, stderr: '' })
    expect(lines(during.stdout)).toHaveLength(1)
    expect(JSON.parse(during.stdout)).toEqual(answered)
    running.process.kill('SIGTERM')
    await running.ended
    expect(JSON.parse((await run(['status', '--library', library, '--json'])).stdout)).toEqual(answered)
    expect(answered).toMatchObject({
      media: { stats: { completed: pictureCount, failed: 5, total: pictureCount + 5 } },
      syncs: [],
    })
  })

  test('in words is one line a status', async () => {
    await runImport(join(pictures, 'bad'), library)
    const { code, stdout } = await run(['status', '--library', library])
    expect(code).toBe(0)
    expect(lines(stdout).map(line => line.split(/\s+/))).toEqual([
      ['pending', '0'],
      ['processing', '0'],
      ['completed', '0'],
      ['failed', '5'],
      ['total', '5'],
    ])
  })

  test('looks into an import that runs', async () => {
    const running = start(['import', pictures, '--library', library])
    await expect.poll(() => countEnded(library), { interval: 5, timeout: 30_000 }).toBeGreaterThan(0)
    const { code, stdout } = await run(['status', '--library', library, '--json'])
    expect(code).toBe(0)
    const { media, syncs } = JSON.parse(stdout)
    expect(media.stats.total).toBeGreaterThan(0)
    for (const sync of syncs) expect(sync).toMatchObject({ state: 'running', folderName: 'pictures' })
    expect((await running.ended).code).toBe(0)
  })

  test('of no library is one sentence, and makes none', async () => {
    expectComplaint(await run(['status', '--library', library, '--json']), /^There is no Burg Ink library at /)
    await expect(stat(library)).rejects.toThrow('ENOENT')
    expectComplaint(await run(['status', '--library', pictures]), /^There is no Burg Ink library at /)
  })

  test('of a database that is none is one sentence', async () => {
    await mkdir(library)
    await writeFile(join(library, 'library.db'), 'no database'.repeat(1000))
    expectComplaint(await run(['status', '--library', library]), /database is damaged/)
  })
})

test('restore without a copy is one sentence', async () => {
  await runImport(join(pictures, 'bad'), library)
  await rm(join(library, 'backups'), { recursive: true, force: true })
  expectComplaint(await run(['restore', '--library', library]), /^There is no sound copy in /)
})

describe.runIf(process.platform === 'linux')('no process is left behind', () => {
  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('by an import that ends by %s', async signal => {
    const running = start(['import', pictures, '--library', library])
    await expect.poll(() => countEnded(library), { interval: 5, timeout: 30_000 }).toBeGreaterThan(5)
    const below = descendantsOf(running.pid)
    expect(below).toHaveLength(1)
    running.process.kill(signal)
    await running.ended
    await expect.poll(() => below.filter(isAlive), { timeout: 10_000 }).toEqual([])
  })

  test('by an import that completes', async () => {
    const running = start(['import', pictures, '--library', library])
    await expect.poll(() => countEnded(library), { interval: 5, timeout: 30_000 }).toBeGreaterThan(5)
    const below = descendantsOf(running.pid)
    expect(below).toHaveLength(1)
    expect((await running.ended).code).toBe(0)
    expect(below.filter(isAlive)).toEqual([])
  })
})
