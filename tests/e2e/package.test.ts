import { fork, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Bridge } from '../../src/shared/bridge.ts'
import { isStandIn, launchDesktop } from '../support/electron-app.ts'
import { type Packed, pack } from '../support/packed.ts'
import { drawSomePictures } from '../support/some-pictures.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

declare global {
  interface Window {
    burgInk?: Bridge
  }
}

/** All that may be in the archive. What is new is put here after somebody looked at it. */
const allowed = [
  /^package\.json$/,
  /^resources\/prompts\/[a-z-]+\.md$/,
  /^out\/main\/[\w.-]+\.js$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/index\.html$/,
  /^out\/renderer\/assets\/[\w.-]+\.(js|css|woff2|svg)$/,
  /^out\/icons\/(256|512|tray|tray@2x|trayTemplate|trayTemplate@2x)\.png$/,
  /^out\/icons\/icon\.ico$/,
  /^node_modules\/[^/]+\/(package\.json|LICENSE(\.md)?)$/,
  /^node_modules\/@expo-google-fonts\/eb-garamond\/(package\.json|LICENSE)$/,
  /^node_modules\/@expo-google-fonts\/eb-garamond\/400Regular(_Italic)?\/EBGaramond_400Regular(_Italic)?\.ttf$/,
  /^node_modules\/@img\/(colour|sharp(-libvips)?-linux-x64)\/(package\.json|versions\.json|LICENSE(\.md)?|\w+\.cjs)$/,
  /^node_modules\/@img\/sharp-linux-x64\/lib\/sharp-linux-x64-[\d.]+\.node$/,
  /^node_modules\/@img\/sharp-libvips-linux-x64\/lib\/(index\.js|libvips-cpp\.so\.[\d.]+)$/,
  /^node_modules\/better-sqlite3\/(lib\/(methods\/)?[a-z-]+\.js|prebuilds\/linux-x64\.node)$/,
  /^node_modules\/sharp\/dist\/[a-z]+\.mjs$/,
  /^node_modules\/detect-libc\/lib\/[a-z-]+\.js$/,
  /^node_modules\/semver\/(index|(classes|functions|internal|ranges)\/[a-z-]+)\.js$/,
  /^node_modules\/keytar\/(lib\/keytar\.js|build\/Release\/keytar\.node)$/,
]
const packages = ['@expo-google-fonts', '@img', 'better-sqlite3', 'detect-libc', 'keytar', 'semver', 'sharp']
const megabyte = 1_000_000

// Its binaries are of the computer that packages; the other systems are packaged by CI, on computers of theirs.
describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('the package for Linux', () => {
  let packed: Packed
  beforeAll(async () => {
    packed = await pack()
  })
  afterAll(() => packed?.remove())

  test('nothing is in it that is not used', async () => {
    expect(packed.archived.filter(path => !allowed.some(pattern => pattern.test(path)))).toEqual([])
    const names = packed.archived.map(path => /^node_modules\/([^/]+)/.exec(path)?.[1])
    expect(packages).toEqual(expect.arrayContaining([...new Set(names.filter(name => name !== undefined))]))

    const main = packed.archived.filter(path => path.startsWith('out/main/'))
    const texts = await Promise.all(main.map(path => readFile(join(packed.extracted, path), 'utf8')))
    const all = texts.join('\n')
    expect(main).not.toContain('out/main/cli.js')
    expect(all).toContain('The library could not be opened')
    // The terminal's own: its commands, and the package that reads them.
    expect(all).not.toContain('--help says how')
    expect(all).not.toContain('CommanderError')
    expect(Object.keys(JSON.parse(await readFile(join(packed.extracted, 'package.json'), 'utf8')))).not.toContain(
      'devDependencies',
    )
  })

  test('it is as large as it has to be', () => {
    const sizeOf = (test: (path: string) => boolean) =>
      packed.files.filter(({ path }) => test(path)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    const isOurs = (path: string) => path.startsWith('resources/')
    const isNode = (path: string) => path === 'resources/node'
    // Measured: bundles and page 7.1 MB, what makes PDF and its letters 2.6 MB; with libvips, SQLite and the samples 41 MB. The
    // Node beside them has 127 MB.
    expect(sizeOf(path => path === 'resources/app.asar')).toBeLessThan(10.5 * megabyte)
    expect(sizeOf(path => isOurs(path) && !isNode(path))).toBeLessThan(44 * megabyte)
    expect(sizeOf(isNode)).toBeLessThan(135 * megabyte)
  })

  test('the terms of all whose code is in it come with it', async () => {
    const read = (name: string) => readFile(join(packed.resources, 'licences', name), 'utf8')
    expect(await read('program.txt')).toMatch(/^=== googleapis 188.*Apache License/ms)
    expect(await read('page.txt')).toMatch(/^=== react-dom .*MIT License/ms)
    expect(await read('page.txt')).toMatch(/^=== @fontsource-variable\/inter .*SIL OPEN FONT LICENSE/ms)
    expect(await read('eb-garamond.txt')).toContain('SIL OPEN FONT LICENSE')
    expect(await read('burg-ink.txt')).toContain('MIT License')
  })

  test('samples lie beside it, and of Electron only what is used', async () => {
    expect(await readdir(join(packed.resources, 'samples'), { recursive: true })).toHaveLength(
      (await readdir('resources/samples', { recursive: true })).length,
    )
    expect(existsSync(join(packed.resources, 'default_app.asar'))).toBe(false)
    expect(await readdir(join(packed.folder, 'locales'))).toEqual(['en-US.pak'])
  })

  test('Electron does nothing else with it than run it: its fuses are set', async () => {
    const wire = await getCurrentFuseWire(join(packed.folder, 'burg-ink'))
    const isOn = (fuse: FuseV1Options) => wire[fuse] === '1'.charCodeAt(0)
    expect(isOn(FuseV1Options.RunAsNode)).toBe(false)
    expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
    expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
    expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
    expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true)
    expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
    expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
  })

  test('menus show it under its name, and links of burg-ink: open it', () => {
    const lines = packed.desktopEntry.split('\n')
    expect(lines).toContain('Name=Burg Ink')
    expect(lines).toContain('MimeType=x-scheme-handler/burg-ink;')
    expect(lines).toContain('Categories=Graphics;')
    expect(lines).toContain('StartupWMClass=burg-ink')
    expect(lines).toContainEqual(expect.stringMatching(/^Exec="?\/opt\/Burg Ink\/burg-ink"? %U$/))
  })

  test('the Node beside it decodes pictures with what lies outside of the archive', async () => {
    const child = fork(
      join(packed.resources, 'app.asar.unpacked/out/main/imaging-child.js'),
      [JSON.stringify({ limits: { pixels: 1e6, timeoutMs: 9000, memoryBytes: 1e9, svgBytes: 1e6 }, cores: 1 })],
      { execPath: join(packed.resources, 'node'), execArgv: [], serialization: 'advanced', silent: true },
    )
    onTestFinished(() => void child.kill())
    let complaints = ''
    child.stderr?.on('data', text => {
      complaints += text
    })
    const said = await new Promise<unknown>((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', code => reject(new Error(`It ended with ${code}: ${complaints}`)))
    })
    expect(said).toEqual({ kind: 'ready' })
    expect(complaints).toBe('')
  })

  test('what was packed opens its window and imports pictures', async () => {
    const pictures = await drawSomePictures(await makeTempFolder('pictures'), 3)
    const desktop = await launchDesktop({ appFolder: packed.extracted })
    onTestFinished(() => desktop[Symbol.asyncDispose]())
    await desktop.page.getByText('Import a folder').first().waitFor()
    const reply = await desktop.page.evaluate(
      folder => window.burgInk?.call('folder.import', { path: folder }),
      pictures,
    )
    expect(reply).toMatchObject({ ok: true })
    await desktop.page.getByRole('button', { name: 'All pictures 3' }).waitFor()
  })

  // Here Electron's own executable runs the archive, with its fuses, its integrity check and its Node.
  test.skipIf(isStandIn)('the packed executable opens a library and ends when it is asked to', async () => {
    const folder = await makeTempFolder('packed')
    const library = join(folder, 'library')
    const flags = [`--user-data-dir=${join(folder, 'data')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
    const child = spawn(join(packed.folder, 'burg-ink'), flags, {
      env: { ...process.env, BURG_INK_LIBRARY: library },
      stdio: 'inherit',
    })
    const ended = new Promise(resolve => child.once('exit', resolve))
    onTestFinished(() => void child.kill('SIGKILL'))
    await expect.poll(() => existsSync(join(library, 'library.db'))).toBe(true)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})
