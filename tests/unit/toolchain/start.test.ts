import { cp, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { serveForTest } from '../../support/answering.ts'
import { makeScriptTree } from '../../support/script-tree.ts'

const project = join(import.meta.dirname, '../../..')
const opensPage = 'Burg Ink opens as a page in the browser.'
const wayToWindow = 'For the window, run "npx install-electron" with a network, or set ELECTRON_MIRROR'
const display = { DISPLAY: ':7' }
const nowhere = 'http://127.0.0.1:1/'

/** A tree with a window in it: what is to be found, and where not to look for a display. */
async function treeWithWindow() {
  const tree = await makeScriptTree()
  onTestFinished(() => tree[Symbol.asyncDispose]())
  await tree.write('src/main/index.ts', '')
  await tree.setAge('out/.built', 60)
  const start = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    tree.run(['start', ...args], { ...display, ELECTRON_MIRROR: nowhere, ...env })
  return { ...tree, start }
}

type Tree = Awaited<ReturnType<typeof treeWithWindow>>

/** Electron's executable is a script here. */
async function installElectron(tree: Tree, executable = echo): Promise<void> {
  await tree.write('node_modules/electron/dist/version', '1.2.3')
  await tree.write('node_modules/electron/path.txt', 'electron')
  await tree.write('node_modules/electron/dist/electron', executable, 0o755)
}

/** Electron's install script, as far as it matters here: it fetches the address it is given, and installs what it gets. */
async function writeInstallScript(tree: Tree, whenFetched: string): Promise<void> {
  const { version } = { version: '1.2.3' }
  await tree.write(
    'node_modules/electron/package.json',
    JSON.stringify({ name: 'electron', version, type: 'commonjs' }),
  )
  await tree.write(
    'node_modules/electron/install.js',
    `const { mkdirSync, writeFileSync } = require('node:fs')
     const address = process.env.ELECTRON_MIRROR + 'v1.2.3/electron-v1.2.3-' + process.platform + '-' + process.arch + '.zip'
     const path = name => __dirname + '/' + name
     fetch(address).then(response => response.text()).then(text => {
       mkdirSync(path('dist'))
       ${whenFetched}
     }).catch(error => {
       console.error(error.stack)
       process.exit(1)
     })`,
  )
}

const installsAll = `writeFileSync(path('dist/version'), '1.2.3')
  writeFileSync(path('dist/electron'), text, { mode: 0o755 })
  writeFileSync(path('path.txt'), 'electron')`

const echo = '#!/bin/sh\necho window "$@" in "$(pwd)"\nexit 7\n'
/** Stand-ins for executables are scripts of a shell. */
const onPosix = test.skipIf(process.platform === 'win32')

test('without a desktop entry it downloads nothing, says so in one line and opens the page', async () => {
  await using tree = await makeScriptTree()
  await tree.setAge('out/.built', 60)
  let requests = 0
  const mirror = await serveForTest((_, response) => {
    requests += 1
    response.end()
  })
  const said = await tree.run(['start', '--samples'], { ...display, ELECTRON_MIRROR: mirror })
  expect(said).toMatchObject({ exitCode: 0, stderr: `The desktop window is not part of this version. ${opensPage}\n` })
  expect(said.stdout).toContain('open --samples\n')
  expect(requests).toBe(0)
})

test('where the download host refuses, one line that says why and what to do, and the page', async () => {
  const tree = await treeWithWindow()
  const said = await tree.start(['my pictures'])
  expect(said.stderr).toMatch(/^[^\n]*\n$/)
  expect(said.stderr).toContain(
    `Electron is not installed and cannot be fetched from 127.0.0.1:1. ${opensPage} ${wayToWindow}`,
  )
  expect(said).toMatchObject({ exitCode: 0 })
  expect(said.stdout).toContain('open my pictures\n')
})

test('a download host that accepts and never answers is cut off soon enough to say so within two seconds', async () => {
  const tree = await treeWithWindow()
  const refused = await tree.start([])
  const said = await tree.start([], { ELECTRON_MIRROR: await serveForTest(() => {}) })
  expect(said.stderr).toContain(opensPage)
  expect(said.stdout).toContain('page')
  // What is above a refusal, which is heard at once: the machine may be busy.
  expect((said.firstLineMs ?? Number.NaN) - (refused.firstLineMs ?? 0)).toBeLessThan(1700)
})

test('a download host without this version counts as none', async () => {
  const tree = await treeWithWindow()
  const mirror = await serveForTest((_, response) => response.writeHead(404).end())
  const said = await tree.start([], { ELECTRON_MIRROR: mirror })
  expect(said).toMatchObject({ exitCode: 0 })
  expect(said.stderr).toContain(`cannot be fetched from ${new URL(mirror).host}. ${opensPage}`)
})

test.skipIf(process.platform !== 'linux')('without a display it opens the page and asks for no Electron', async () => {
  const tree = await treeWithWindow()
  await installElectron(tree)
  const said = await tree.start(['pictures'], { DISPLAY: undefined })
  expect(said.stderr).toBe(`There is no display for a window (DISPLAY and WAYLAND_DISPLAY are not set). ${opensPage}\n`)
  expect(said.stdout).toContain('open pictures\n')
  expect((await tree.start([], { DISPLAY: undefined, WAYLAND_DISPLAY: 'wayland-0' })).stdout).toContain('window')
})

onPosix('--browser opens the page also where there is an Electron, and says nothing', async () => {
  const tree = await treeWithWindow()
  await installElectron(tree)
  const said = await tree.start(['--browser', 'pictures'])
  expect(said).toMatchObject({ exitCode: 0, stderr: '' })
  expect(said.stdout).toContain('open pictures\n')
})

onPosix(
  'an installed Electron is run where it was typed, with all that was typed, and its exit code is kept',
  async () => {
    const tree = await treeWithWindow()
    await installElectron(tree)
    const typedIn = join(tree.folder, 'src')
    const said = await tree.start(['pictures', '--samples'], { npm_lifecycle_event: 'start', INIT_CWD: typedIn })
    expect(said).toMatchObject({ exitCode: 7, stderr: '' })
    const sandbox = process.getuid?.() === 0 ? '--no-sandbox ' : ''
    expect(said.stdout).toBe(`window ${sandbox}${tree.folder} pictures --samples in ${typedIn}\n`)
  },
)

onPosix(
  "the executable that the environment names goes before the installed one, by both of electron's names",
  async () => {
    const tree = await treeWithWindow()
    await installElectron(tree)
    await tree.write('elsewhere/electron', '#!/bin/sh\necho elsewhere\n', 0o755)
    await tree.write('by-path', '#!/bin/sh\necho by path\n', 0o755)
    const dist = { ELECTRON_OVERRIDE_DIST_PATH: join(tree.folder, 'elsewhere') }
    expect(await tree.start([], dist)).toMatchObject({ stdout: 'elsewhere\n', stderr: '' })
    const both = { ...dist, ELECTRON_EXEC_PATH: join(tree.folder, 'by-path') }
    expect(await tree.start([], both)).toMatchObject({ stdout: 'by path\n', stderr: '' })
    const gone = await tree.start([], { ELECTRON_EXEC_PATH: join(tree.folder, 'gone') })
    expect(gone.stderr).toMatch(/^Electron cannot be started here \(spawn .*gone ENOENT\)\. Burg Ink opens/)
    expect(gone.stdout).toContain('page')
  },
)

onPosix(
  'a version that is not the one wanted, or that broke off while it was unpacked, is no installation',
  async () => {
    const tree = await treeWithWindow()
    await installElectron(tree)
    await tree.write('node_modules/electron/dist/version', '1.2.2')
    expect((await tree.start([])).stdout).toContain('page')
    await installElectron(tree)
    await tree.write('node_modules/electron/path.txt', '')
    expect((await tree.start([])).stdout).toContain('page')
    await installElectron(tree)
    expect((await tree.start([])).stdout).toContain('window')
  },
)

onPosix('an Electron that lacks a library of the system says so itself, and the page opens', async () => {
  const tree = await treeWithWindow()
  const loader = 'electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file'
  await installElectron(tree, `#!/bin/sh\necho "${loader}" >&2\nexit 127\n`)
  const said = await tree.start(['pictures'])
  expect(said.stderr.split('\n')).toEqual([
    loader,
    `Electron does not start: a library that it needs is not installed on this system, see above. ${opensPage}`,
    '',
  ])
  expect(said.stdout).toContain('open pictures\n')
})

onPosix('an Electron that crashes as it starts is followed by the page; one that is ended is not', async () => {
  const tree = await treeWithWindow()
  await installElectron(tree, '#!/bin/sh\necho No usable sandbox >&2\nkill -TRAP $$\n')
  const crashed = await tree.start([])
  expect(crashed.stderr).toContain(`Electron does not start (SIGTRAP), see above. ${opensPage}`)
  expect(crashed.stdout).toContain('page')
  await installElectron(tree, '#!/bin/sh\nkill -KILL $$\n')
  expect(await tree.start([])).toMatchObject({ signal: 'SIGKILL', stdout: '', stderr: '' })
})

onPosix('what ends the starter is handed to the window, which ends in its own time', async () => {
  const tree = await treeWithWindow()
  await installElectron(
    tree,
    "#!/bin/sh\ntrap 'echo ended well; kill $!; exit 0' INT\necho open >&2\nsleep 60 & wait\n",
  )
  const said = tree.start([])
  await expect.poll(() => tree.running()[0]?.said.stderr).toBe('open\n')
  tree.running()[0]?.child.kill('SIGINT')
  expect(await said).toMatchObject({ exitCode: 0, signal: null, stdout: 'ended well\n' })
})

onPosix('a missing Electron is fetched where its host has it, and how far it is is said', async () => {
  const tree = await treeWithWindow()
  const asked: string[] = []
  const mirror = await serveForTest((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.setHeader('content-length', echo.length + 3e7)
    if (request.method === 'HEAD') return void response.end()
    response.end(echo + '#'.repeat(3e7))
  })
  await writeInstallScript(tree, installsAll)
  const said = await tree.start(['pictures'], { ELECTRON_MIRROR: mirror })
  const address = `/v1.2.3/electron-v1.2.3-${process.platform}-${process.arch}.zip`
  expect(asked).toEqual([`HEAD ${address}`, `GET ${address}`])
  expect(said.stdout).toContain(`${tree.folder} pictures in`)
  expect(said.stderr).toContain('Fetching Electron for the desktop window, once.')
  expect(said.stderr).toContain('15 of 30 MB\n')
  expect(said.stderr).toMatch(/30 of 30 MB\n$/)
})

onPosix(
  'a download that breaks off, or is not what it should be, is said in one sentence and leaves nothing behind',
  async () => {
    const tree = await treeWithWindow()
    await writeInstallScript(
      tree,
      `writeFileSync(path('dist/version'), '1.2.3')
     writeFileSync(path('dist/electron'), text.slice(0, 9), { mode: 0o755 })
     throw new Error('Generated checksum for "electron.zip" did not match expected checksum.')`,
    )
    // Of the version before, which must not vouch for what is half there.
    await tree.write('node_modules/electron/path.txt', 'electron')
    const mirror = await serveForTest((_, response) => response.end('<html>Sign in to this network</html>'))
    const said = await tree.start([], { ELECTRON_MIRROR: mirror })
    expect(said.stderr).toContain(
      `Electron could not be fetched (Error: Generated checksum for "electron.zip" did not match expected checksum.). ${opensPage}`,
    )
    expect(said.stderr).not.toMatch(/^\s+at /m)
    expect(said.stdout).toContain('page')
    // Nor does a later start take it for one.
    expect((await tree.start([])).stdout).toContain('page')
  },
)

test("electron's own install script refuses what a network that wants one to sign in answers instead", async () => {
  const tree = await treeWithWindow()
  await rm(join(tree.folder, 'node_modules/electron'), { recursive: true })
  await cp(join(project, 'node_modules/electron'), join(tree.folder, 'node_modules/electron'), {
    recursive: true,
    filter: path => !path.endsWith('dist') && !path.endsWith('path.txt'),
  })
  await symlink(join(project, 'node_modules/@electron'), join(tree.folder, 'node_modules/@electron'))
  const mirror = await serveForTest((_, response) => response.end('<html>Sign in to this network</html>'))
  const said = await tree.start([], { ELECTRON_MIRROR: mirror, electron_config_cache: join(tree.folder, 'cache') })
  expect(said.stderr).toMatch(/Electron could not be fetched \(\w*Error: .*checksum.*\)\. Burg Ink opens/)
  expect(said.stdout).toContain('page')
})

test('a folder is meant from where the command was typed, not from where npm runs it', async () => {
  await using tree = await makeScriptTree()
  await tree.setAge('out/.built', 60)
  const typedIn = join(tree.folder, 'src')
  const said = await tree.run(['start', 'main'], { npm_lifecycle_event: 'start', INIT_CWD: typedIn })
  expect(said.stdout).toBe(`page ${typedIn} open main\n`)
})
