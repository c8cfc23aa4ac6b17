import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

const project = join(import.meta.dirname, '../../..')
const boundaries = join(project, 'scripts/boundaries.ts')

let tree: string
beforeEach(async () => {
  tree = await makeTree()
})
afterEach(() => rm(tree, { recursive: true }))

/** A folder with the project's rules and packages of the names that they ask about. */
async function makeTree() {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-boundaries-'))
  await cp(join(project, '.dependency-cruiser.mjs'), join(folder, '.dependency-cruiser.mjs'))
  for (const name of ['zod', 'electron']) {
    await plant(folder, {
      [`node_modules/${name}/package.json`]: JSON.stringify({
        name,
        version: '1.0.0',
        type: 'module',
        main: 'index.js',
      }),
      [`node_modules/${name}/index.js`]: 'export const z = 1, app = 1, shell = 1\n',
    })
  }
  return folder
}

async function plant(folder: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

const check = (folder: string) =>
  new Promise<{ isRed: boolean; output: string }>(resolve => {
    execFile(process.execPath, [boundaries, folder], (failure, stdout, stderr) =>
      resolve({ isRed: failure !== null, output: stdout + stderr }),
    )
  })

/** A small tree in which everybody imports what they may. */
const sound = {
  'src/shared/media.ts': "import { z } from 'zod'\nexport const media = z.object({})\n",
  'src/main/library/index.ts': "export { find } from './find.ts'\n",
  'src/main/library/find.ts': "import { media } from '../../shared/media.ts'\nexport const find = () => media\n",
  'src/main/imaging/index.ts': "import { join } from 'node:path'\nexport const decode = () => join('a', 'b')\n",
  'src/main/jobs/index.ts':
    "import { decode } from '../imaging/index.ts'\nimport { find } from '../library/index.ts'\nexport const jobs = { decode, find }\n",
  'src/main/publishing/index.ts': "import { media } from '../../shared/media.ts'\nexport const publishing = media\n",
  'src/main/engine/index.ts': 'export const engine = 1\n',
  'src/main/server/index.ts': "import { media } from '../../shared/media.ts'\nexport const server = media\n",
  'src/main/desktop/index.ts': "import { app } from 'electron'\nexport const desktop = app\n",
  'src/main/app.ts':
    "import { engine } from './engine/index.ts'\nimport { jobs } from './jobs/index.ts'\nimport { server } from './server/index.ts'\nexport const app = { engine, jobs, server }\n",
  'src/main/cli.ts': "import { app } from './app.ts'\nexport const cli = app\n",
  'src/main/index.ts':
    "import { app } from './app.ts'\nimport { desktop } from './desktop/index.ts'\nexport const entry = { app, desktop }\n",
  'src/renderer/src/features/library/grid.ts':
    "import { media } from '../../../../shared/media.ts'\nexport const grid = media\n",
  'src/renderer/src/features/activity/list.ts': 'export const list = 1\n',
  'src/renderer/src/main.tsx':
    "import { list } from './features/activity/list.ts'\nimport { grid } from './features/library/grid.ts'\nexport const page = { grid, list }\n",
}

/** One planted file each; all are planted in one tree, since a check takes half a second. */
const violations: [rule: string, path: string, text: string][] = [
  ['shared-stands-alone', 'src/shared/bad-1.ts', "export { find } from '../main/library/index.ts'\n"],
  ['shared-stands-alone', 'src/shared/bad-2.ts', "export { hash } from 'node:crypto'\n"],
  ['one-door-per-room', 'src/main/jobs/bad-3.ts', "export { find } from '../library/find.ts'\n"],
  ['one-door-per-room', 'src/main/bad-4.ts', "export { find } from './library/find.ts'\n"],
  ['leaves-stay-apart', 'src/main/imaging/bad-5.ts', "export { find } from '../library/index.ts'\n"],
  ['leaves-stay-apart', 'src/main/library/bad-6.ts', "export { engine } from '../engine/index.ts'\n"],
  ['jobs-use-the-five', 'src/main/jobs/bad-7.ts', "export { engine } from '../engine/index.ts'\n"],
  ['engine-knows-no-media', 'src/main/engine/bad-8.ts', "export { find } from '../library/index.ts'\n"],
  ['server-is-given-its-handlers', 'src/main/server/bad-9.ts', "export { find } from '../library/index.ts'\n"],
  ['accounts-stand-alone', 'src/main/accounts/bad-10.ts', "export { find } from '../library/index.ts'\n"],
  ['rooms-do-not-wire', 'src/main/library/bad-11.ts', "export { cli } from '../cli.ts'\n"],
  ['electron-in-desktop-only', 'src/main/jobs/bad-12.ts', "export { shell } from 'electron'\n"],
  ['desktop-from-its-entry-only', 'src/main/bad-13.ts', "export { desktop } from './desktop/index.ts'\n"],
  [
    'renderer-imports-shared-and-itself',
    'src/renderer/src/bad-14.ts',
    "export { find } from '../../main/library/index.ts'\n",
  ],
  ['renderer-without-node', 'src/renderer/src/bad-15.ts', "export { join } from 'node:path'\n"],
  [
    'features-stay-apart',
    'src/renderer/src/features/activity/bad-16.ts',
    "export { grid } from '../library/grid.ts'\n",
  ],
  ['page-is-not-imported', 'src/main/bad-17.ts', "export { page } from '../renderer/src/main.tsx'\n"],
  ['zod-at-the-wire', 'src/main/library/bad-18.ts', "export { z } from 'zod'\n"],
  ['source-without-tests', 'src/main/bad-19.ts', "export { fake } from '../../tests/fake.ts'\n"],
  ['publishing-is-given-its-rows', 'src/main/publishing/bad-21.ts', "export { find } from '../library/index.ts'\n"],
  ['no-unresolvable', 'src/main/bad-20.ts', "export { gone } from './gone.ts'\n"],
]

let outputOfAll: Promise<string>
beforeAll(async () => {
  const crowded = await makeTree()
  const planted = violations.map(([, path, text]) => [path, text])
  await plant(crowded, { ...sound, 'tests/fake.ts': 'export const fake = 1\n', ...Object.fromEntries(planted) })
  outputOfAll = check(crowded).then(({ output }) => output)
  await outputOfAll
  return () => rm(crowded, { recursive: true })
})

test('a tree that keeps the boundaries is green', async () => {
  await plant(tree, sound)
  expect(await check(tree)).toEqual({
    isRed: false,
    output: expect.stringContaining('15 files, 18 imports, 0 problems'),
  })
})

test.each(violations)('%s: red for %s', async (rule, path) => {
  const lines = (await outputOfAll).split('\n')
  expect(lines.find(line => line.startsWith(`${rule}: ${path} → `))).toBeDefined()
})

test('an import of a type alone counts too', async () => {
  await plant(tree, {
    ...sound,
    'src/main/imaging/bad.ts': "import type { find } from '../library/index.ts'\nexport type Find = typeof find\n",
  })
  expect((await check(tree)).output).toContain('leaves-stay-apart: src/main/imaging/bad.ts → src/main/library/index.ts')
})

test('a cycle is red and named whole', async () => {
  await plant(tree, {
    ...sound,
    'src/main/library/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
    'src/main/library/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
  })
  const { isRed, output } = await check(tree)
  expect(output).toMatch(
    /no-cycles: src\/main\/library\/(a\.ts → src\/main\/library\/b|b\.ts → src\/main\/library\/a)\.ts/,
  )
  expect(isRed).toBe(true)
})

test('a check that reads nothing is red, not silent', async () => {
  await plant(tree, {
    ...sound,
    '.dependency-cruiser.mjs': "export default { forbidden: [], options: { exclude: '[.]tsx?$' } }\n",
  })
  const { isRed, output } = await check(tree)
  expect(isRed).toBe(true)
  expect(output).toContain('not-read: src/main/cli.ts')
})

test('every file of the real source is read, with its imports', async () => {
  const { output } = await check(project)
  const [, files, imports] = output.match(/(\d+) files, (\d+) imports/) ?? []
  expect(output).not.toContain('not-read')
  expect(Number(files)).toBeGreaterThan(50)
  expect(Number(imports)).toBeGreaterThan(Number(files))
})
