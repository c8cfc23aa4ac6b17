// `npm run check`: everything that can be known without running the program, side by side; red if any of it is.
import { join } from 'node:path'
import { commandOf, inSeconds, root, run } from './steps.ts'

const tsc = commandOf('typescript/bin/tsc')
const checks: Record<string, string[]> = {
  'types (all)': [tsc, '--project', root],
  'types (main, without DOM)': [tsc, '--project', join(root, 'src/main')],
  'types (renderer, without Node)': [tsc, '--project', join(root, 'src/renderer')],
  'lint and format': [commandOf('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'],
  'import boundaries': [join(root, 'scripts/boundaries.ts')],
  'dead code': [commandOf('knip/bin/knip.js'), '--no-progress', '--treat-config-hints-as-errors'],
}

async function check([name, args]: [string, string[]]): Promise<boolean> {
  const { exitCode, output, elapsedMs } = await run(process.execPath, args)
  const isGreen = exitCode === 0
  console.log(`${isGreen ? '✓' : '✗'} ${name} (${inSeconds(elapsedMs)})`)
  if (!isGreen) console.log(output.trimEnd().replaceAll(/^/gm, '    '))
  return isGreen
}

const results = await Promise.all(Object.entries(checks).map(check))
const redCount = results.filter(isGreen => !isGreen).length
console.log(redCount === 0 ? 'All checks are green.' : `${redCount} of ${results.length} checks are red.`)
process.exitCode = redCount === 0 ? 0 : 1
