import { rmSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Table, TableWork } from '../../shared/contract.ts'
import type {
  PictureRow,
  PreviewRow,
  RowCounts,
  RowKind,
  TableDelimiter,
  TableEncoding,
  TableSubject,
  TableTargets,
  UnreadRow,
  WorkRow,
} from '../../shared/tables.ts'
import type { Library, PlannedRow } from '../library/index.ts'
import {
  createPictureReader,
  createWorkReader,
  findDelimiter,
  findEncoding,
  mapColumns,
  mappingFault,
  readHead,
  readTable,
  subjectOf,
  type TableMapping,
  TableUnreadable,
} from '../tables/index.ts'

/** Planned together, within some ten milliseconds. */
const pageSize = 200
/** How often it is said how far it is. */
const sayMs = 250

type Row = WorkRow | PictureRow

interface OpenTable {
  id: number
  name: string
  path: string
  /** In which it lies as long as it is open; null: it is a person's own file. */
  folder: string | null
  sizeBytes: number
  shown: Table | null
}

interface Preview {
  id: number
  table: OpenTable & { shown: Table }
  mapping: TableMapping
  subject: TableSubject
  rows: PreviewRow[]
  /** Places of the rows of each kind. */
  byKind: Record<RowKind, number[]>
}

export interface HowToRead {
  encoding?: TableEncoding | undefined
  delimiter?: TableDelimiter | undefined
  subject?: TableSubject | undefined
}

export type Tables = ReturnType<typeof createTables>

/**
 * Tables of other programs, one at a time. A preview reads the file and asks the library in a thread of its own; an import
 * reads it again and writes the rows that the preview shows, piece by piece, as one command. It is no job of the engine: a
 * command that is cut off leaves nothing, and whoever wanted it imports again.
 */
export function createTables(library: Library, say: () => void, report: (error: unknown) => void) {
  let table: OpenTable | null = null
  let preview: Preview | null = null
  let work: TableWork | null = null
  let control = new AbortController()
  let underWay: Promise<void> = Promise.resolve()
  let lastId = 0
  let saidAtMs = 0
  // Of a program that was killed.
  rmSync(library.layout.tables, { recursive: true, force: true })

  const isUnderWay = (): boolean => work?.state === 'previewing' || work?.state === 'importing'

  function change(changes: Partial<TableWork>): void {
    if (work) work = { ...work, ...changes }
    const nowMs = performance.now()
    if (isUnderWay() && nowMs - saidAtMs < sayMs) return
    saidAtMs = nowMs
    say()
  }

  function opened(id: number): OpenTable {
    if (table?.id === id) return table
    throw new TableUnreadable('This table is not open any more. Choose its file again.')
  }

  /** What is half written is not given up for a file that somebody chooses, perhaps in another window. */
  function keepImporting(): void {
    if (work?.state !== 'importing') return
    throw new TableUnreadable(`“${table?.name}” is being imported. Wait until it is done, or cancel it first.`)
  }

  /** Ends what is done with the table that is open. */
  async function stop(): Promise<void> {
    do {
      control.abort()
      await underWay
      // Whoever waited as well may have begun something else.
    } while (isUnderWay())
  }

  async function close(): Promise<void> {
    await stop()
    const closed = table
    table = null
    preview = null
    work = null
    if (closed?.folder) await rm(closed.folder, { recursive: true, force: true })
  }

  async function open(given: Omit<OpenTable, 'id' | 'shown'>): Promise<{ id: number }> {
    await close()
    table = { ...given, id: ++lastId, shown: null }
    return { id: table.id }
  }

  async function read(id: number, how: HowToRead): Promise<Table> {
    const now = opened(id)
    keepImporting()
    await stop()
    const size = await sizeOf(now.path)
    if (size === 0) throw new TableUnreadable('There is nothing in this file. Choose another one.')
    if (size !== now.sizeBytes) throw new TableUnreadable('The file has changed while it was read. Choose it again.')
    const found = how.encoding ? { encoding: how.encoding, isGuessed: false } : await findEncoding(now.path)
    const delimiter = how.delimiter ?? (await findDelimiter(now.path, found.encoding))
    const { columns } = await readHead(now.path, { encoding: found.encoding, delimiter })
    const names = columns.map(({ name }) => name)
    const remembered = library.settings.tableMapping(names)
    const isRemembered = remembered !== null && (how.subject === undefined || how.subject === remembered.subject)
    const subject = how.subject ?? remembered?.subject ?? subjectOf(names)
    const targets = isRemembered ? remembered.targets : mapColumns(names, subject)
    now.shown = {
      id,
      name: now.name,
      sizeBytes: now.sizeBytes,
      encoding: found.encoding,
      isEncodingGuessed: found.isGuessed,
      delimiter,
      subject,
      columns: columns.map((column, place) => ({ ...column, target: targets[place] ?? null })),
      isRemembered,
    }
    preview = null
    work = null
    change({})
    return now.shown
  }

  function readerOf({ mapping, subject }: Preview): (record: { line: number; cells: string[] }) => Row | UnreadRow {
    const { sizeUnit: unit, currency } = library.settings.get()
    return subject === 'works' ? createWorkReader(mapping, { unit, currency }) : createPictureReader(mapping)
  }

  /** The rows of the file as they are read, some at a time. */
  async function* pagesOf(of: Preview, signal: AbortSignal): AsyncGenerator<(Row | UnreadRow)[]> {
    const reader = readerOf(of)
    let page: (Row | UnreadRow)[] = []
    let isHead = true
    for await (const record of readTable(of.table.path, of.table.shown)) {
      if (!isHead) page.push(reader(record))
      isHead = false
      if (page.length < pageSize) continue
      yield page
      signal.throwIfAborted()
      page = []
    }
    if (page.length > 0) yield page
    signal.throwIfAborted()
  }

  async function planAll(of: Preview, signal: AbortSignal): Promise<void> {
    /** The line in which a work or picture comes first. */
    const lineOf = new Map<string, number>()
    const counts = noRows()
    for await (const rows of pagesOf(of, signal)) {
      const planned = await library.ask.planRows({ subject: of.subject, rows } as never)
      signal.throwIfAborted()
      for (const row of planned) {
        const shown = onceOnly(row, lineOf)
        of.byKind[shown.kind].push(of.rows.length)
        of.rows.push(shown)
        counts[shown.kind] += 1
      }
      change({ done: of.rows.length, counts: { ...counts } })
    }
  }

  async function importAll(of: Preview, signal: AbortSignal): Promise<number | null> {
    const lines = new Set([...of.byKind.new, ...of.byKind.changed].map(place => of.rows[place]?.line))
    const command = library.tableImport.begin(of.table.name, of.subject)
    let done = 0
    try {
      for await (const page of pagesOf(of, signal)) {
        let rows = page.filter((row): row is Row => lines.has(row.line) && !('faults' in row))
        while (rows.length > 0) {
          const count = command.add(rows)
          rows = rows.slice(count)
          done += count
          change({ done })
          // Whatever waits gets its turn.
          await new Promise(setImmediate)
          signal.throwIfAborted()
        }
      }
      return command.end(done)
    } catch (cause) {
      while (command.giveUp()) await new Promise(setImmediate)
      throw cause
    }
  }

  async function run(body: () => Promise<Partial<TableWork>>, signal: AbortSignal): Promise<void> {
    try {
      change(await body())
    } catch (cause) {
      if (signal.aborted) return change({ state: 'cancelled' })
      const isExpected = cause instanceof TableUnreadable
      if (!isExpected) report(cause)
      change({ state: 'failed', message: isExpected ? cause.message : unexpected })
    }
  }

  function begin(
    of: Preview,
    begun: Pick<TableWork, 'state' | 'total' | 'counts'>,
    body: () => Promise<Partial<TableWork>>,
  ) {
    work = {
      previewId: of.id,
      subject: of.subject,
      clearsEmpty: of.mapping.clearsEmpty,
      done: 0,
      message: null,
      commandId: null,
      ...begun,
    }
    saidAtMs = 0
    change({})
    underWay = run(body, control.signal)
  }

  return {
    state: () => ({ table: table?.shown ?? null, work }),

    /** A file that comes piece by piece. @throws {TableUnreadable} */
    async begin(name: string, sizeBytes: number, sizeMax: number): Promise<{ id: number }> {
      keepImporting()
      if (sizeBytes > sizeMax) {
        throw new TableUnreadable(
          `The file is larger than ${sizeMax / 1_000_000} MB. Divide it, and import one part after the other.`,
        )
      }
      await mkdir(library.layout.tables, { recursive: true })
      const folder = await mkdtemp(join(library.layout.tables, 'table-'))
      return open({ name, path: join(folder, 'table'), folder, sizeBytes })
    },

    async append(id: number, bytes: Buffer): Promise<void> {
      const { path, folder, sizeBytes } = opened(id)
      if (folder === null || (await sizeOf(path)) + bytes.length > sizeBytes) {
        throw new TableUnreadable('The file has changed while it was read. Choose it again.')
      }
      await appendFile(path, bytes)
    },

    /** A file of this disk. @throws {TableUnreadable} */
    async openFile(path: string, name: string): Promise<{ id: number }> {
      keepImporting()
      const found = await stat(path).catch(() => null)
      if (!found?.isFile()) throw new TableUnreadable(`There is no file ${path}.`)
      return open({ name, path, folder: null, sizeBytes: found.size })
    },

    read,

    async preview(id: number, subject: TableSubject, targets: TableTargets, clearsEmpty: boolean): Promise<void> {
      const now = opened(id)
      if (!now.shown) throw new TableUnreadable('This table has not been read yet.')
      keepImporting()
      await stop()
      const columns = now.shown.columns.map(({ name }) => name)
      const fault = mappingFault(subject, targets)
      if (fault) throw new TableUnreadable(fault)
      library.settings.rememberTableMapping(columns, { subject, targets })
      const mapping = { columns, targets, clearsEmpty }
      // Whoever leaves the page finds it as it was left.
      const mapped = now.shown.columns.map((column, place) => ({ ...column, target: targets[place] ?? null }))
      now.shown = { ...now.shown, subject, columns: mapped }
      const begun: Preview = {
        id: ++lastId,
        table: { ...now, shown: now.shown },
        mapping,
        subject,
        rows: [],
        byKind: { new: [], changed: [], unchanged: [], refused: [], ambiguous: [] },
      }
      preview = begun
      control = new AbortController()
      const { signal } = control
      begin(begun, { state: 'previewing', total: null, counts: noRows() }, async () => {
        await planAll(begun, signal)
        return { state: 'previewed', total: begun.rows.length }
      })
    },

    rows(previewId: number, kind: RowKind | null, offset: number, limit: number) {
      if (preview?.id !== previewId) return { items: [], total: 0 }
      const { rows, byKind } = preview
      if (kind === null) return { items: rows.slice(offset, offset + limit), total: rows.length }
      const items = byKind[kind].slice(offset, offset + limit).map(place => rows[place] as PreviewRow)
      return { items, total: byKind[kind].length }
    },

    /** @throws {TableUnreadable} where it cannot begin. */
    import(previewId: number): void {
      if (preview?.id !== previewId || !work || work.previewId !== previewId) {
        throw new TableUnreadable('This preview is not shown any more. Look at the new one first.')
      }
      if (library.tableImport.isBusy()) {
        throw new TableUnreadable('Something else is being brought in. Wait until that is done.')
      }
      if (isUnderWay()) throw new TableUnreadable('Wait until it is done, or cancel it.')
      if (work.state === 'imported')
        throw new TableUnreadable('This has been imported already. Preview it again first.')
      if (work.total === null) throw new TableUnreadable('Preview the table to its end first.')
      const of = preview
      const total = of.byKind.new.length + of.byKind.changed.length
      if (total === 0) throw new TableUnreadable('There is nothing new or changed in this table.')
      control = new AbortController()
      const { signal } = control
      begin(of, { state: 'importing', total, counts: work.counts }, async () => {
        return { commandId: await importAll(of, signal), state: 'imported' }
      })
    },

    /** Resolves when it has ended. */
    cancel: stop,
    close,
  }
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    found => found.size,
    () => 0,
  )

const unexpected = 'Something went wrong inside Burg Ink, and nothing was imported. Try again.'

const noRows = (): RowCounts => ({ new: 0, changed: 0, unchanged: 0, refused: 0, ambiguous: 0 })

/** A second row of the same work or picture is refused: which of both holds is nobody's guess. */
function onceOnly({ key, ...row }: PlannedRow, lineOf: Map<string, number>): PreviewRow {
  const first = key === null ? undefined : lineOf.get(key)
  if (key === null || first === undefined) {
    if (key !== null) lineOf.set(key, row.line)
    return row
  }
  return { ...row, kind: 'refused', changes: [], notes: [`Line ${first} is of the same. Keep one of the two.`] }
}
