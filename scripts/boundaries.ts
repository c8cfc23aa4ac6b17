// Import boundaries of `src` by dependency-cruiser, red too when it has not read every file: without a parser that can
// read TypeScript it finds no modules, and nothing wrong with them.
import { execFile } from 'node:child_process'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { commandOf, root } from './steps.ts'

type Violation = { from: string; to: string; rule: { name: string }; cycle?: { name: string }[]; comment?: string }
type Cruised = { modules: { source: string }[]; summary: { violations: Violation[]; totalDependenciesCruised: number } }

const tree = process.argv[2] ?? root

async function cruise(): Promise<Cruised> {
  const cli = commandOf('dependency-cruiser/bin/dependency-cruiser.mjs')
  const config = join(tree, '.dependency-cruiser.mjs')
  const args = [cli, 'src', '--config', config, '--output-type', 'json']
  // Violations make the command fail; its answer is whole all the same.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: tree, maxBuffer: 256e6 }).catch(
    failure => {
      if (failure.stdout?.startsWith('{')) return failure
      throw failure
    },
  )
  return JSON.parse(stdout)
}

async function unreadFiles({ modules }: Cruised) {
  const isRead = new Set(modules.map(({ source }) => source))
  const files: string[] = []
  for await (const file of glob('src/**/*.{ts,tsx}', { cwd: tree })) files.push(file.replaceAll('\\', '/'))
  return { files, unread: files.filter(file => !isRead.has(file)) }
}

const describe = ({ rule, from, to, cycle }: Violation) =>
  `${rule.name}: ${cycle ? [from, ...cycle.map(({ name }) => name)].join(' → ') : `${from} → ${to}`}`

const cruised = await cruise()
const { files, unread } = await unreadFiles(cruised)
const { violations, totalDependenciesCruised } = cruised.summary
const problems = [
  ...violations.map(describe),
  ...unread.map(file => `not-read: ${file}`),
  ...(files.length > 1 && totalDependenciesCruised === 0 ? ['no-imports-seen: the parser reads no imports'] : []),
]
for (const problem of problems) console.log(problem)
console.log(`${files.length} files, ${totalDependenciesCruised} imports, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
