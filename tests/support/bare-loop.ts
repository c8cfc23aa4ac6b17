// `node bare-loop.ts sharp|vipsthumbnail FOLDER OUT`: a floor of tests/bench/floors.ts as a process of its own.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runBareLoop, runVipsThumbnailFloor } from '../bench/floors.ts'

const [kind, folder = '', out = ''] = process.argv.slice(2)
const entries = await readdir(folder, { recursive: true, withFileTypes: true })
const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
const run = kind === 'sharp' ? runBareLoop : runVipsThumbnailFloor
process.stdout.write(`${JSON.stringify(await run(files.sort(), out))}\n`)
