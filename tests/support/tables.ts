import type { TableWork } from '../../src/shared/contract.ts'
import type { ColumnTarget, PreviewRow, RowKind, TableSubject } from '../../src/shared/tables.ts'
import type { TestApp } from './app.ts'

/** Sends a file as the page does. */
export async function openTable(app: TestApp, bytes: Buffer | string, name = 'works.csv') {
  const buffer = Buffer.from(bytes)
  const { id } = await app.handlers['table.begin']({ name, sizeBytes: buffer.length })
  for (let start = 0; start < buffer.length; start += 300_000) {
    await app.handlers['table.append']({ id, base64: buffer.subarray(start, start + 300_000).toString('base64') })
  }
  return app.handlers['table.read']({ id })
}

export interface HowToPreview {
  subject?: TableSubject
  clearsEmpty?: boolean
  targets?: (ColumnTarget | null)[]
}

/** A preview to its end. */
export async function previewTable(app: TestApp, bytes: Buffer | string, how: HowToPreview = {}) {
  const table = await openTable(app, bytes)
  const subject = how.subject ?? table.subject
  const read = subject === table.subject ? table : await app.handlers['table.read']({ id: table.id, subject })
  await app.handlers['table.preview']({
    id: table.id,
    subject,
    targets: how.targets ?? read.columns.map(({ target }) => target),
    clearsEmpty: how.clearsEmpty ?? false,
  })
  const work = await untilDone(app)
  return { table: read, work, rows: await rowsOf(app, work.previewId) }
}

export async function rowsOf(app: TestApp, previewId: number, kind: RowKind | null = null): Promise<PreviewRow[]> {
  return (await app.handlers['table.rows']({ previewId, kind, offset: 0, limit: 200 })).items
}

export async function importPreviewed(app: TestApp): Promise<TableWork> {
  const { work } = await app.handlers['table.state']({})
  await app.handlers['table.import']({ previewId: work?.previewId ?? 0 })
  return untilDone(app)
}

/** What is done with the table, once it is done. */
export async function untilDone(app: TestApp): Promise<TableWork> {
  return new Promise(resolve => {
    const look = async () => {
      const { work } = await app.handlers['table.state']({})
      if (!work || work.state === 'previewing' || work.state === 'importing') return
      unsubscribe()
      resolve(work)
    }
    const unsubscribe = app.subscribe(event => {
      if (event.name === 'table.changed') void look()
    })
    void look()
  })
}

/** "new 2024-001 · Harbour", line by line. */
export const shortly = (rows: readonly PreviewRow[]): string[] =>
  rows.map(({ line, kind, label }) => `${line} ${kind} ${label}`)
