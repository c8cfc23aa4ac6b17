// `npm run bench -- [NAME …]`: runs the benchmarks of tests/bench, each in a process of its own, prints one table and keeps
// it in BENCHMARKS.md. Rows of benchmarks that were not run stay as they were, with their own date.
import { execFileSync, fork } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { BenchRow } from '../tests/bench/rows.ts'
import { type DatedRow, formatTable, mergeRows, readTable } from './bench-table.ts'
import { inSeconds, root } from './steps.ts'

const folder = join(root, 'tests/bench')
const report = join(root, 'BENCHMARKS.md')
const names = readdirSync(folder).flatMap(file =>
  file.endsWith('.bench.ts') ? [file.slice(0, -'.bench.ts'.length)] : [],
)

function chosenNames(): string[] {
  const asked = process.argv.slice(2)
  const unknown = asked.filter(name => !names.includes(name))
  if (unknown.length === 0) return asked.length > 0 ? asked : names
  console.error(`There is no benchmark called ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  return process.exit(1)
}

/** A process of its own each: what one leaves in memory and caches must not help or hinder the next. */
function measure(name: string): Promise<BenchRow[]> {
  return new Promise((resolve, reject) => {
    let rows: BenchRow[] | undefined
    const child = fork(join(root, 'scripts/bench-one.ts'), [join(folder, `${name}.bench.ts`)], {
      execArgv: ['--expose-gc'],
    })
    child.on('message', message => {
      rows = message as BenchRow[]
    })
    child.on('error', reject)
    child.on('close', code =>
      rows ? resolve(rows) : reject(new Error(`The benchmark ${name} ended with code ${code}.`)),
    )
  })
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version
}

function describeMachine(): string {
  const memoryGb = Math.round(totalmem() / 1e9)
  const query =
    "console.log(new (require('better-sqlite3'))(':memory:').prepare('select sqlite_version()').pluck().get())"
  const sqlite = execFileSync(process.execPath, ['-e', query], { cwd: root, encoding: 'utf8' }).trim()
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${memoryGb} GB of memory, ${process.platform} ${release()}`,
    `Node ${process.versions.node}, sharp ${versionOf('sharp')}, SQLite ${sqlite}`,
  ].join('; ')
}

/** What the figures of a benchmark are, for who reads the report without the code. */
const meanings: Record<string, string> = {
  analysis:
    'the whole app describing pictures by a model, beside a server in a process of its own that keeps its limits as OpenAI does: how much of what is allowed is used once it is known, and how often it was too much.',
  drive:
    'a Drive that answers each request after 100 ms: listing, the whole app from picking a folder on, and downloads of 1 MB each, eight at once, against curl.',
  engine:
    'the same functions on each engine that can be had: the embedded one always, every step durable in SQLite before the next begins, and Inngest’s server where its program is there. The floor is what such a server did when it was recorded, on two cores.',
  find: 'from a letter in the find box until the list of what is typed is on the screen: the built program with a library of 100,000 rows, in Chromium.',
  grid: 'the page’s grid with 100,000 items in Chromium without a GPU, scrolled steadily and by jumps.',
  imaging:
    'one picture after another through the imaging room, against a bare loop of the imaging library on the same cores.',
  'imaging-hosts':
    'native sharp in a child of plain Node against its WebAssembly build in a child and in a thread, in turns on the same pictures; medians of five rounds. It decides what decodes beside Electron on Linux (src/main/desktop/decoding.ts).',
  import:
    'a folder imported by the command, everything included, against a bare loop of the imaging library and against vipsthumbnail with sha256sum.',
  library: 'questions to a library of 1,000,000 rows, 95th percentile of many.',
  review: 'from a key until the next picture is on the screen in review, at 100,000 items, each looked at for 400 ms.',
  start:
    'the built program from being called to its first screen of pictures, in turns; medians of seven. The stand-in for Electron is Node with a Chromium beside it: its window costs what starting a Chromium costs, and Electron has that in one process. What can be compared is the window with the blank one on the same stand-in, and a million rows with a few hundred.',
  uploads:
    'originals sent to an S3 server, eight at once, in turns with rclone, on this machine and 100 ms away; medians of the turns.',
}

const chosen = chosenNames()
const today = new Date().toISOString().slice(0, 10)
const fresh: DatedRow[] = []
const failures: string[] = []
for (const bench of chosen) {
  const startedAt = performance.now()
  console.error(`${bench} …`)
  try {
    fresh.push(...(await measure(bench)).map(row => ({ ...row, bench, date: today })))
    console.error(`${bench} took ${inSeconds(performance.now() - startedAt)}`)
  } catch (cause) {
    failures.push(bench)
    console.error(String(cause))
  }
}

const measured = chosen.filter(name => !failures.includes(name))
const kept = existsSync(report) ? readTable(readFileSync(report, 'utf8')) : []
const rows = mergeRows(kept, fresh, measured).filter(row => names.includes(row.bench))
const explained = [...new Set(rows.map(row => row.bench))].map(name => `- **${name}**: ${meanings[name] ?? ''}`)
writeFileSync(
  report,
  `# Benchmarks

\`npm run bench\` measures all of these, \`npm run bench -- NAME …\` some; either writes this file. Each benchmark runs in a
process of its own. Figures are of the date in their row, on the machine of the last run:
${describeMachine()}.

${formatTable(rows)}

${explained.join('\n')}
`,
)
console.log(formatTable(fresh))
process.exitCode = failures.length > 0 ? 1 : 0
