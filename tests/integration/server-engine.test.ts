import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { Inngest } from 'inngest'
import { expect, onTestFinished, test } from 'vitest'
import { createServerEngine, findInngestCli, type ServerEngineOptions } from '../../src/main/engine/index.ts'
import { openServePoint } from '../../src/main/engine/server/serve-point.ts'
import { createGate } from '../support/engine.ts'
import { standInCommand } from '../support/inngest-server/index.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

/** An engine with one function that says what it was sent. */
async function startEngine(given: Partial<ServerEngineOptions> = {}) {
  const stateFolder = given.stateFolder ?? (await makeTempFolder('server-engine'))
  const heard: unknown[] = []
  const told: string[] = []
  const engine = await createServerEngine({
    command: standInCommand,
    onUp() {},
    onForgot: () => told.push('forgot'),
    onDown: message => told.push(message),
    restsAfterMs: 200,
    ...given,
    stateFolder,
  })
  const client = new Inngest({ id: 'app', ...engine.clientOptions, logger: quiet })
  const hears = client.createFunction({ id: 'hears', triggers: [{ event: 'said' }] }, async ({ event, step }) => {
    await step.run('hear', () => void heard.push(event.data.word))
  })
  onTestFinished(() => engine.stop())
  const started = engine.start({ client, functions: [hears] })
  return { engine, client, heard, told, stateFolder, started }
}

const pidIn = (stateFolder: string): number =>
  JSON.parse(readFileSync(join(stateFolder, 'inngest-server.json'), 'utf8')).pid

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a server that is killed is started again at the same address, and what is sent meanwhile waits for it', async () => {
  const { engine, client, heard, told, stateFolder, started } = await startEngine()
  expect(await started).toEqual({ isResumed: false })
  await client.send({ name: 'said', data: { word: 'before' } })
  await expect.poll(() => heard).toEqual(['before'])
  process.kill(pidIn(stateFolder), 'SIGKILL')
  await expect
    .poll(() => told)
    .toEqual([expect.stringMatching(/has ended \(by SIGKILL\).*is started again.*server\.log/)])
  await client.send({ name: 'said', data: { word: 'after' } })
  await expect.poll(() => heard, { timeout: 20_000 }).toEqual(['before', 'after'])
  expect(told.at(-1)).toBe('forgot')
  expect((await fetch(`${engine.dashboardUrl}/health`)).status).toBe(200)
  expect(await readFile(join(stateFolder, 'inngest-server.log'), 'utf8')).toMatch(/listening.*listening/s)
})

test('it ends with its engine, and leaves no note', async () => {
  const { engine, stateFolder, started } = await startEngine()
  await started
  const pid = pidIn(stateFolder)
  expect(isAlive(pid)).toBe(true)
  await engine.stop()
  expect(isAlive(pid)).toBe(false)
  expect(() => pidIn(stateFolder)).toThrow(/ENOENT/)
})

test('a server that a killed program left behind is ended by the next start', async () => {
  const stateFolder = await makeTempFolder('server-engine')
  const program = spawn(process.execPath, [
    join(import.meta.dirname, '../support/inngest-server/engine-child.ts'),
    stateFolder,
  ])
  const [address] = (await once(program.stdout, 'data')) as [Buffer]
  const left = pidIn(stateFolder)
  program.kill('SIGKILL')
  await once(program, 'close')
  expect((await fetch(`${String(address).trim()}/health`)).status).toBe(200)
  const { started } = await startEngine({ stateFolder })
  await started
  await expect.poll(() => isAlive(left)).toBe(false)
  expect(pidIn(stateFolder)).not.toBe(left)
})

test('what is at the noted port and process by now and is not ours is left alone', async () => {
  const stateFolder = await makeTempFolder('server-engine')
  const foreign = createServer((_, response) => response.end('{"version":"1.45.1"}')).listen(0, '127.0.0.1')
  await once(foreign, 'listening')
  onTestFinished(() => void foreign.close())
  const sleeper = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'])
  onTestFinished(() => void sleeper.kill('SIGKILL'))
  const note = { pid: sleeper.pid, port: (foreign.address() as AddressInfo).port, secret: 'a secret of long ago' }
  await writeFile(join(stateFolder, 'inngest-server.json'), JSON.stringify(note))
  await (await startEngine({ stateFolder })).started
  expect([isAlive(sleeper.pid ?? 0), foreign.listening]).toEqual([true, true])
})

test('a port that is taken is said so, and a program that is no server too', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  onTestFinished(() => void taken.close())
  const { port } = taken.address() as AddressInfo
  await expect(startEngine({ port })).rejects.toThrow(`Port ${port} is taken by another program.`)
  const { engine, started } = await startEngine({ command: [process.execPath, '-e', 'process.exit(3)', '--'] })
  await expect(started).rejects.toThrow('ended while it started (with code 3)')
  await engine.stop()
})

test('the functions answer at a secret address alone, and everybody else before a body is read', async () => {
  const bodies: string[] = []
  const handle = async (request: Request) => {
    bodies.push(await request.text())
    return new Response('done')
  }
  const point = await openServePoint('the-secret', handle, () => {})
  onTestFinished(() => point.close(100))
  const { origin, port } = new URL(point.url)
  expect(await (await fetch(point.url, { method: 'POST', body: 'asked' })).text()).toBe('done')
  for (const path of [
    '/',
    '/api/inngest',
    '/the-secre/api/inngest',
    '/the-secret/api/inngest/',
    '/The-Secret/api/inngest',
  ]) {
    expect((await fetch(origin + path, { method: 'PUT', body: 'mine' })).status, path).toBe(401)
  }
  // Of a body that never ends, nothing is waited for.
  const socket = connect(Number(port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write('POST /api/inngest HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n{')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(String(answer)).toMatch(/^HTTP\/1\.1 401/)
  expect(bodies).toEqual(['asked'])
})

test('when it ends, calls under way are answered, and no more are taken on the same connection', async () => {
  const { opened, open } = createGate()
  let calls = 0
  const handle = async () => {
    calls += 1
    await opened
    return new Response('done')
  }
  const point = await openServePoint('the-secret', handle, () => {})
  const { pathname, port } = new URL(point.url)
  const socket = connect(Number(port), '127.0.0.1')
  let answers = ''
  socket.on('data', chunk => (answers += chunk))
  const ask = () => socket.write(`GET ${pathname} HTTP/1.1\r\nhost: x\r\n\r\n`)
  ask()
  await expect.poll(() => calls).toBe(1)
  const closed = point.close(60_000)
  ask()
  open()
  await closed
  await expect.poll(() => answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 503'])
  expect(calls).toBe(1)
})

test('the program of Inngest is found where it is named, or on the path', async () => {
  const folder = await makeTempFolder('programs')
  const program = join(folder, 'inngest')
  await writeFile(program, '#!/bin/sh\n')
  expect(await findInngestCli({ PATH: folder })).toBeNull()
  await expect(findInngestCli({ INNGEST_CLI: program })).rejects.toThrow(`INNGEST_CLI names ${program}`)
  await chmod(program, 0o755)
  expect(await findInngestCli({ PATH: `/nowhere:${folder}` })).toBe(program)
  expect(await findInngestCli({ INNGEST_CLI: program })).toBe(program)
})
