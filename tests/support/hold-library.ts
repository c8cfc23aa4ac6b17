// A process that opens the library in its first argument, says so, and holds it until it is killed.
import { openLibrary } from '../../src/main/library/index.ts'

await openLibrary(process.argv[2] as string)
process.stdout.write('open')
setInterval(() => {}, 60_000)
