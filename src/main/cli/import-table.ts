import { basename, resolve } from 'node:path'
import type { Table, TableWork } from '../../shared/contract.ts'
import { plural } from '../../shared/format.ts'
import { type PreviewRow, type RowKind, rowKinds, type TableSubject } from '../../shared/tables.ts'
import type { App } from '../app.ts'
import { clearLine, complain, createHeadlessApp, type ProgramFiles, printable, stopRequested } from './program.ts'

export interface ImportTableOptions {
  library: string
  json: boolean
  /** What each row is of; left out: what the columns look like. */
  as?: TableSubject
  /** Says what would become of the rows, and writes nothing. */
  dryRun: boolean
  clearEmpty: boolean
}

const rowsPerPage = 200
const numbers = new Intl.NumberFormat('en-US')

/** `burg-ink import-table`. @returns the exit code: 0 when every row was taken over or is as it was. */
export async function importTableCommand(
  file: string,
  options: ImportTableOptions,
  files: ProgramFiles,
): Promise<number> {
  const stopped = stopRequested()
  const app = await createHeadlessApp(options.library, files)
  try {
    const { id } = await app.tables.openFile(resolve(file), basename(file))
    const table = await app.handlers['table.read']({ id, subject: options.as })
    const targets = table.columns.map(({ target }) => target)
    await app.handlers['table.preview']({ id, subject: table.subject, targets, clearsEmpty: options.clearEmpty })
    const previewed = await Promise.race([untilDone(app), stopped])
    if (typeof previewed === 'string') return cancelled(app)
    if (previewed.state !== 'previewed') return failed(previewed)
    const left = [...(await rowsOf(app, previewed, 'refused')), ...(await rowsOf(app, previewed, 'ambiguous'))]
    const ended = options.dryRun ? previewed : await Promise.race([imported(app, previewed), stopped])
    if (typeof ended === 'string') return cancelled(app)
    if (ended.state === 'failed') return failed(ended)
    return report(table, ended, left, options)
  } finally {
    await app.stop()
  }
}

async function imported(app: App, previewed: TableWork): Promise<TableWork> {
  if ((previewed.counts.new ?? 0) + (previewed.counts.changed ?? 0) === 0) return previewed
  await app.handlers['table.import']({ previewId: previewed.previewId })
  return untilDone(app)
}

function untilDone(app: App): Promise<TableWork> {
  return new Promise((resolve, reject) => {
    const look = async (): Promise<void> => {
      const { work } = await app.handlers['table.state']({})
      if (!work) return
      showProgress(work)
      if (work.state === 'previewing' || work.state === 'importing') return
      unsubscribe()
      clearLine()
      resolve(work)
    }
    const unsubscribe = app.subscribe(event => {
      if (event.name === 'table.changed') look().catch(reject)
    })
    // It may have ended before anybody listened.
    look().catch(reject)
  })
}

async function rowsOf(app: App, { previewId, counts }: TableWork, kind: RowKind): Promise<PreviewRow[]> {
  const rows: PreviewRow[] = []
  while (rows.length < (counts[kind] ?? 0)) {
    const page = await app.handlers['table.rows']({ previewId, kind, offset: rows.length, limit: rowsPerPage })
    if (page.items.length === 0) break
    rows.push(...page.items)
  }
  return rows.sort((a, b) => a.line - b.line)
}

async function cancelled(app: App): Promise<number> {
  clearLine()
  await app.handlers['table.cancel']({})
  console.error('Stopped. Nothing was imported.')
  return 130
}

function failed({ message }: TableWork): number {
  complain(message ?? 'Nothing was imported.')
  return 1
}

function report(table: Table, { counts }: TableWork, left: PreviewRow[], { json, dryRun }: ImportTableOptions): number {
  if (json) {
    const rows = left.map(({ line, kind, label, notes }) => ({ line, kind, label, reason: notes.join(' ') }))
    console.log(JSON.stringify({ subject: table.subject, isWritten: !dryRun, counts, refused: rows }))
  } else {
    const parts = rowKinds.flatMap(kind => (counts[kind] ? [`${numbers.format(counts[kind])} ${kind}`] : []))
    const of = plural(parts.length === 0 ? 0 : sumOf(counts), table.subject === 'works' ? 'work' : 'picture')
    console.log(printable(`${of}: ${parts.join(', ')}.${dryRun ? ' Nothing was written.' : ''}`))
    for (const { line, label, notes } of left) {
      console.error(printable(`Line ${numbers.format(line)}${label && `, ${label}`}: ${notes.join(' ')}`))
    }
  }
  return left.length > 0 ? 1 : 0
}

const sumOf = (counts: TableWork['counts']): number => rowKinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0)

function showProgress({ done, total }: TableWork): void {
  if (!process.stderr.isTTY) return
  clearLine()
  process.stderr.write(
    total === null ? `${numbers.format(done)} rows` : `${numbers.format(done)} of ${numbers.format(total)}`,
  )
}
