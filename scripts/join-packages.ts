// `node scripts/join-packages.ts FROM TO`: the packages of a release, made on several computers, in one folder, as the server of
// newer versions needs them. Two computers write of macOS, one for each processor: their lists become one. What a list
// promises is looked at, since a wrong checksum would be found by everybody who updates.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, globSync } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parse, stringify } from 'yaml'

/** What electron-builder writes and electron-updater reads; more is kept as it is. */
interface Versions {
  version: string
  files: { url: string; sha512: string; size: number }[]
}

const usage = () => stop('Say where the packages are, and where they are wanted.')
const [from = usage(), to = usage()] = process.argv.slice(2)
await mkdir(to, { recursive: true })
for (const path of globSync('*/*', { cwd: from }).sort()) await take(join(from, path), join(to, basename(path)))
const lists = globSync('*.yml', { cwd: to })
if (lists.length === 0) stop(`There are no lists of versions in ${from}.`)
for (const name of lists) await checkList(name, await readVersions(join(to, name)))

async function take(path: string, target: string): Promise<void> {
  if (!existsSync(target)) return copyFile(path, target)
  if (!target.endsWith('.yml')) stop(`${basename(path)} was made twice.`)
  const [first, second] = [await readVersions(target), await readVersions(path)]
  if (first.version !== second.version)
    stop(`${basename(path)} tells of two versions, ${first.version} and ${second.version}.`)
  await writeFile(target, stringify({ ...first, files: [...first.files, ...second.files] }, { lineWidth: 0 }))
}

async function checkList(name: string, { version, files }: Versions): Promise<void> {
  for (const { url, sha512 } of files) {
    if (!existsSync(join(to, url))) stop(`${name} names ${url}, which is not there.`)
    if ((await hashOf(join(to, url))) !== sha512) stop(`${name} has another checksum for ${url} than it has.`)
  }
  console.log(`${name}: ${version}, ${files.map(({ url }) => url).join(', ')}`)
}

async function readVersions(path: string): Promise<Versions> {
  return parse(await readFile(path, 'utf8'))
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return hash.digest('base64')
}

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}
