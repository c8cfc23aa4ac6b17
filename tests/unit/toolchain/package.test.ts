import { expect, onTestFinished, test } from 'vitest'
import { makeScriptTree } from '../../support/script-tree.ts'

async function makeTree() {
  const tree = await makeScriptTree()
  onTestFinished(() => tree[Symbol.asyncDispose]())
  await tree.write('node_modules/electron-builder/cli.js', 'console.log(process.argv.slice(2).join(" "))')
  await tree.setAge('out/.built', 60)
  return tree
}

test('without Electron nothing is packaged, and one line says how to get it', async () => {
  const tree = await makeTree()
  const said = await tree.run(['package', '--dir'], { ELECTRON_MIRROR: 'http://127.0.0.1:1/' })
  expect(said).toMatchObject({ exitCode: 1, stdout: '' })
  expect(said.stderr).toMatch(/^Electron is not installed .* Run "npx install-electron" .*\n$/)
})

test('the packager is told where Electron is, not to publish, and what it was called with', async () => {
  const tree = await makeTree()
  const said = await tree.run(['package', '--dir'], { ELECTRON_OVERRIDE_DIST_PATH: '/electron', CSC_LINK: 'set' })
  expect(said.exitCode).toBe(0)
  expect(said.stdout).toBe('--config electron-builder.config.mjs -c.electronDist=/electron --publish never --dir\n')
})
