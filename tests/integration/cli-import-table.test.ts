import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run, runImport } from '../support/command-line.ts'
import { makeTemporaryFolder, smallPicture, writeFiles } from '../support/drawn-folder.ts'

let root: string
let remove: () => Promise<void>
let library: string
beforeAll(async () => {
  ;({ path: root, remove } = await makeTemporaryFolder())
  library = join(root, 'library')
  const pictures = join(root, 'pictures')
  await writeFiles(pictures, { 'barn.jpg': await smallPicture(1) })
  await runImport(pictures, library)
})
afterAll(() => remove?.())

async function imported(text: string, ...args: string[]) {
  const file = join(root, 'table.csv')
  await writeFile(file, text)
  return run(['import-table', file, ...args, '--library', library])
}

test('a table is looked at, then imported, and the second time nothing changes', async () => {
  const text = 'No;Title;Year;Image\n1;Barn;2020;barn.jpg\n2;Sea;soon;\n'
  const looked = await imported(text, '--dry-run')
  expect(looked).toMatchObject({
    code: 1,
    stdout: '2 works: 1 new, 1 refused. Nothing was written.\n',
    stderr: 'Line 3, Sea: Year: “soon” is no year. Write it such as 2019, c. 2019, or 2019–21.\n',
  })
  expect((await imported(text)).stdout).toBe('2 works: 1 new, 1 refused.\n')
  expect(await imported('No;Title;Year;Image\n1;Barn;2020;barn.jpg\n')).toMatchObject({
    code: 0,
    stdout: '1 work: 1 unchanged.\n',
  })
  const words = await imported('file,description\nbarn.jpg,A barn\n', '--as', 'pictures', '--json')
  expect(JSON.parse(words.stdout)).toEqual({
    subject: 'pictures',
    isWritten: true,
    counts: { new: 0, changed: 1, unchanged: 0, refused: 0, ambiguous: 0 },
    refused: [],
  })
})

test.each([
  ['title\n"open', [], /A quote .* has no end/],
  ['what,where\na,b\n', ['--as', 'works'], /Say which column is the title/],
  ['what,where\na,b\n', ['--as', 'frames'], /Allowed choices are works, pictures/],
])('%j %j says what is wrong', async (text, args, sentence) => {
  const { code, stderr } = await imported(text, ...args)
  expect(code).toBe(1)
  expect(stderr).toMatch(sentence)
})
