// `npm run burg-ink -- ARGS`: builds when needed, then is the built command.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.ts'
import { enterCallersFolder, root } from './steps.ts'

await ensureBuilt()
enterCallersFolder('burg-ink')
process.argv[1] = join(root, 'out/main/cli.js')
await import(pathToFileURL(process.argv[1]).href)
