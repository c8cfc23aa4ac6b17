// `npm run build`
import { build } from './ensure-built.ts'

process.exitCode = (await build()) ? 0 : 1
