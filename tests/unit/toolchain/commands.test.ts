import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isBuildStale } from '../../../scripts/ensure-built.ts'
import { makeScriptTree } from '../../support/script-tree.ts'

async function makeTree() {
  const tree = await makeScriptTree()
  onTestFinished(() => tree[Symbol.asyncDispose]())
  return tree
}

/** Stands for electron-vite: writes a program, or fails. */
const builder = (ending: string) => `
  import { writeFileSync } from 'node:fs'
  console.log('chatter of the build')
  writeFileSync('out/main/cli.js', 'console.log("fresh")')
  ${ending}`

test('a build is stale when a source is newer, when a file was removed, and when there is none', async () => {
  const tree = await makeTree()
  await tree.setAge('out/.built', 60)
  expect(isBuildStale(tree.folder)).toBe(false)

  await tree.setAge('src/main/cli.ts', 120)
  expect(isBuildStale(tree.folder)).toBe(true)

  await tree.setAge('out/.built', 180)
  expect(isBuildStale(tree.folder)).toBe(false)
  await rm(join(tree.folder, 'src/main/cli.ts'))
  await tree.setAge('src/main', 240)
  expect(isBuildStale(tree.folder)).toBe(true)

  await rm(join(tree.folder, 'out'), { recursive: true })
  expect(isBuildStale(tree.folder)).toBe(true)
})

test('the command is built first, says so on the error stream alone, and is built once', async () => {
  const tree = await makeTree()
  await tree.write('node_modules/electron-vite/bin/electron-vite.js', builder(''))
  await tree.write('node_modules/electron-vite/package.json', '{ "type": "module" }')
  await tree.setAge('out/.built', -60)
  const first = await tree.run(['burg-ink', 'status'])
  expect(first).toMatchObject({ exitCode: 0, stdout: 'fresh\n' })
  expect(first.stderr).toMatch(/^Built in \d+\.\d s\.\n$/)
  expect(await tree.run(['burg-ink', 'status'])).toMatchObject({ exitCode: 0, stdout: 'fresh\n', stderr: '' })
})

test('a build that fails shows what the builder said, runs nothing, and is tried again next time', async () => {
  const tree = await makeTree()
  await tree.write('node_modules/electron-vite/bin/electron-vite.js', builder('process.exit(3)'))
  await tree.write('node_modules/electron-vite/package.json', '{ "type": "module" }')
  await tree.setAge('out/.built', -60)
  for (const _ of ['first', 'again']) {
    const { exitCode, stdout, stderr } = await tree.run(['burg-ink', 'status'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toContain('chatter of the build')
    expect(stderr).toContain('The build failed')
  }
})

test("the command's arguments, exit code and folder pass through", async () => {
  const tree = await makeTree()
  await tree.write(
    'out/main/cli.js',
    'console.log(process.argv.slice(2).join("|"), process.cwd()); process.exitCode = 5',
  )
  await tree.setAge('out/.built', 60)
  const typedIn = join(tree.folder, 'src')
  const env = { npm_lifecycle_event: 'burg-ink', INIT_CWD: typedIn }
  const said = await tree.run(['burg-ink', 'import', 'a folder', '--json'], env)
  expect(said).toMatchObject({ exitCode: 5, stdout: `import|a folder|--json ${typedIn}\n`, stderr: '' })
})

test('without installed packages it says what to run', async () => {
  const tree = await makeTree()
  await rm(join(tree.folder, 'node_modules'), { recursive: true })
  const said = await tree.run(['start'])
  expect(said).toMatchObject({ exitCode: 1, stderr: 'The packages are not installed. Run "npm ci" first.\n' })
})
