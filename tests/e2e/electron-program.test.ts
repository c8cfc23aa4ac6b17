/** A program from its start to its end. On Electron itself too: see electron-page.test.ts. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Desktop, electronFlags, environment } from '../support/electron-app.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { launchTinyForTest, seenBy, tinyFolder } from '../support/tiny-app.ts'

const endOf = ({ app }: Desktop) => new Promise<number | null>(resolve => app.process().once('exit', resolve))

/** Started beside the first, as by a double click. */
async function startAgain({ dataFolder }: Desktop, words: string[], more: NodeJS.ProcessEnv = {}) {
  const env = { ...(await environment()), ...more }
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH
  const executable: string = folder ? join(folder, 'electron') : createRequire(import.meta.url)('electron')
  const child = spawn(executable, [tinyFolder, ...electronFlags(dataFolder), ...words], { cwd: '/', env })
  onTestFinished(() => void child.kill())
  let output = ''
  child.stderr.on('data', bytes => {
    output += bytes
  })
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  return { ended, output: () => output }
}

test('knows who it is', async () => {
  const desktop = await launchTinyForTest()
  const facts = await desktop.app.evaluate(({ app }) => ({
    name: app.getName(),
    version: app.getVersion(),
    folder: app.getAppPath(),
    isPackaged: app.isPackaged,
    data: app.getPath('userData'),
    electron: process.versions.electron,
    hasChrome: /^\d+\.\d+/.test(process.versions.chrome ?? ''),
    type: process.type,
    executable: process.execPath,
  }))
  expect(facts).toMatchObject({ name: 'tiny-app', version: '1.2.3', folder: tinyFolder, isPackaged: false })
  expect(facts).toMatchObject({ data: desktop.dataFolder, hasChrome: true, type: 'browser' })
  expect(facts.electron).toMatch(/^45\./)
  expect(facts.executable).toMatch(/electron(\.exe)?$/i)
})

test('a second one tells the first what it was started with, and leaves', async () => {
  const desktop = await launchTinyForTest()
  const second = await startAgain(desktop, ['burg-ink://activity'])
  expect(await second.ended).toBe(0)
  await expect.poll(() => seenBy(desktop.app)).toContain('second-instance burg-ink://activity in /')
})

test('without the lock a second one goes its own way', async () => {
  const desktop = await launchTinyForTest()
  const second = await startAgain(desktop, [], { TINY_WITHOUT: 'lock' })
  await expect.poll(second.output).toContain('[tiny] shown')
  expect(await seenBy(desktop.app)).not.toContainEqual(expect.stringMatching(/^second-instance/))
})

test('what the page has stored is there again', async () => {
  const dataFolder = await makeTempFolder('data')
  const first = await launchTinyForTest({ dataFolder })
  await first.page.evaluate(() => localStorage.setItem('kept', 'yes'))
  const ended = endOf(first)
  await first.app.close()
  expect(await ended).toBe(0)
  const second = await launchTinyForTest({ dataFolder })
  expect(await second.page.evaluate(() => localStorage.getItem('kept'))).toBe('yes')
})

test('a signal ends it well', async () => {
  const desktop = await launchTinyForTest()
  const ended = endOf(desktop)
  desktop.app.process().kill('SIGTERM')
  expect(await ended).toBe(0)
  await expect.poll(() => desktop.output()).toMatch(/before-quit[\s\S]*will-quit[\s\S]*quit/)
})

test('what it forks is Node, and no second program', async () => {
  const desktop = await launchTinyForTest()
  const said = await desktop.app.evaluate(
    async (_electron, path) => {
      const { fork } = process.getBuiltinModule('node:child_process')
      const child = fork(path, ['a word'], { execArgv: [] })
      return new Promise(resolve => child.once('message', resolve))
    },
    join(tinyFolder, 'child.js'),
  )
  expect(said).toEqual({ words: ['a word'], isElectronsMain: false })
})

test('its requests go by the network of Electron, and tell of redirections', async () => {
  const server = createServer(({ url, headers }, response) => {
    if (url === '/old') return void response.writeHead(302, { location: '/new' }).end()
    response.writeHead(200, { 'x-asked-by': String(headers['x-who']) }).end('the body')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const desktop = await launchTinyForTest()
  const answer = await desktop.app.evaluate(
    ({ net, session }, given) => {
      const options = {
        ...given,
        protocol: 'http:' as const,
        hostname: '127.0.0.1',
        path: '/old',
        session: session.fromPartition('updates'),
      }
      const request = net.request(options)
      request.setHeader('x-who', 'me')
      const led: string[] = []
      request.on('redirect', (_status, _method, url) => led.push(new URL(url).pathname))
      return new Promise((resolve, reject) => {
        request.on('error', reject)
        request.on('response', response => {
          let body = ''
          response.on('data', bytes => {
            body += bytes
          })
          response.on('end', () =>
            resolve({ led, body, status: response.statusCode, who: response.headers['x-asked-by'] }),
          )
        })
        request.end()
      })
    },
    { port },
  )
  expect(answer).toEqual({ led: ['/new'], body: 'the body', status: 200, who: 'me' })
})
