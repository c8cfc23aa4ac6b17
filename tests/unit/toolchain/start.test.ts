import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeScriptTree } from '../../support/script-tree.ts'

const noWindow = 'The desktop window is not part of this version. Burg Ink opens as a page in the browser.\n'
const noElectron = 'Electron is not installed and cannot be fetched here. Burg Ink opens as a page in the browser.\n'

async function treeWithWindow() {
  const tree = await makeScriptTree()
  onTestFinished(() => tree[Symbol.asyncDispose]())
  await tree.write('src/main/index.ts', '')
  await tree.setAge('out/.built', 60)
  return tree
}

/** Electron's download host, answering as told. */
async function serveMirror(onRequest: Parameters<typeof createServer>[1]): Promise<string> {
  const server: Server = createServer(onRequest as never)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const echo = '#!/bin/sh\necho window "$@"\nexit 7\n'

test('without a desktop entry it downloads nothing, says so in one line and opens the page', async () => {
  await using tree = await makeScriptTree()
  await tree.setAge('out/.built', 60)
  let requests = 0
  const mirror = await serveMirror((_, response) => {
    requests += 1
    response.end()
  })
  const said = await tree.run(['start', '--samples'], { ELECTRON_MIRROR: mirror })
  expect(said).toMatchObject({ exitCode: 0, stderr: noWindow })
  expect(said.stdout).toContain('open --samples\n')
  expect(requests).toBe(0)
})

test('where the download host refuses, one line within two seconds, and the page', async () => {
  const tree = await treeWithWindow()
  const said = await tree.run(['start', 'my pictures'], { ELECTRON_MIRROR: 'http://127.0.0.1:1/' })
  expect(said).toMatchObject({ exitCode: 0, stderr: noElectron })
  expect(said.stdout).toContain('open my pictures\n')
  expect(said.firstLineMs).toBeLessThan(2000)
})

test('a download host that accepts and never answers is cut off within two seconds', async () => {
  const tree = await treeWithWindow()
  const mirror = await serveMirror(() => {})
  const said = await tree.run(['start'], { ELECTRON_MIRROR: mirror })
  expect(said).toMatchObject({ exitCode: 0, stderr: noElectron })
  expect(said.firstLineMs).toBeLessThan(2000)
})

test('a download host without this version counts as none', async () => {
  const tree = await treeWithWindow()
  const mirror = await serveMirror((_, response) => response.writeHead(404).end())
  expect(await tree.run(['start'], { ELECTRON_MIRROR: mirror })).toMatchObject({ exitCode: 0, stderr: noElectron })
})

test.skipIf(process.platform === 'win32')(
  'an installed Electron is run with the folder, and its exit code is kept',
  async () => {
    const tree = await treeWithWindow()
    await tree.write('node_modules/electron/dist/version', '1.2.3')
    await tree.write('node_modules/electron/path.txt', 'electron')
    await tree.write('node_modules/electron/dist/electron', echo, 0o755)
    const said = await tree.run(['start', 'pictures'], { ELECTRON_MIRROR: 'http://127.0.0.1:1/' })
    expect(said).toMatchObject({ exitCode: 7, stderr: '' })
    expect(said.stdout).toMatch(new RegExp(`^window (--no-sandbox )?${tree.folder} pictures\n$`))
  },
)

test.skipIf(process.platform === 'win32')('a missing Electron is fetched where its host has it', async () => {
  const tree = await treeWithWindow()
  const asked: string[] = []
  const mirror = await serveMirror((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.end()
  })
  await tree.write(
    'node_modules/electron/package.json',
    '{ "name": "electron", "version": "1.2.3", "type": "commonjs" }',
  )
  await tree.write(
    'node_modules/electron/install.js',
    `const { mkdirSync, writeFileSync } = require('node:fs')
     mkdirSync(__dirname + '/dist')
     writeFileSync(__dirname + '/dist/version', '1.2.3')
     writeFileSync(__dirname + '/path.txt', 'electron')
     writeFileSync(__dirname + '/dist/electron', ${JSON.stringify(echo)}, { mode: 0o755 })`,
  )
  const said = await tree.run(['start'], { ELECTRON_MIRROR: mirror })
  expect(asked).toEqual([`HEAD /v1.2.3/electron-v1.2.3-${process.platform}-${process.arch}.zip`])
  expect(said.stdout).toContain('window')
})

test('a folder is meant from where the command was typed, not from where npm runs it', async () => {
  await using tree = await makeScriptTree()
  await tree.setAge('out/.built', 60)
  const typedIn = join(tree.folder, 'src')
  const said = await tree.run(['start', 'main'], { npm_lifecycle_event: 'start', INIT_CWD: typedIn })
  expect(said.stdout).toBe(`page ${typedIn} open main\n`)
})
