import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Output } from '../../shared/contract.ts'
import type { LedgerEntry, Sync, SyncId } from '../../shared/syncs.ts'
import type { App } from '../app.ts'
import { clearLine, complain, createHeadlessApp, type ProgramFiles, printable, stopRequested } from './program.ts'
import { progressLine, sumOf } from './progress-line.ts'

const ledgerPage = 500

export interface ImportOptions {
  library: string
  json: boolean
  copy?: boolean
}

type Refused = Output<'files.import'>['refused']

/** What an import set going; `refused` only where files, or several paths, were named. */
interface Begun {
  syncIds: SyncId[]
  refused?: Refused
}

interface Failure {
  path: string
  reason: string
}

/** `burg-ink import`. @returns the exit code: 0 when all that was named is imported and every file found is accounted for. */
export async function importCommand(paths: string[], options: ImportOptions, files: ProgramFiles): Promise<number> {
  const { copy: copyOriginals } = options
  const [path = ''] = paths
  // One folder is its own command: its result has always been told in its own shape.
  const isOneFolder = paths.length === 1 && !(await isFile(path))
  return followImport(options, files, async ({ handlers }) => {
    if (!isOneFolder) return handlers['files.import']({ paths: paths.map(each => resolve(each)), copyOriginals })
    const { syncId } = await handlers['folder.import']({ path, copyOriginals })
    return { syncIds: [syncId] }
  })
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => !found.isDirectory(),
    () => false,
  )
}

/** Starts imports, shows how far they are, and says how they ended. @returns the exit code. */
export async function followImport(
  options: Omit<ImportOptions, 'copy'>,
  files: ProgramFiles,
  start: (app: App) => Promise<Begun>,
): Promise<number> {
  const startedMs = performance.now()
  const stopped = stopRequested()
  const app = await createHeadlessApp(options.library, files)
  try {
    await app.start()
    const { syncIds, refused } = await start(app)
    const ended = await Promise.race([waitForEnd(app, syncIds), stopped])
    clearLine()
    if (typeof ended === 'string') {
      console.error('Stopped. Nothing is lost: the same command goes on where this one stopped.')
      return 130
    }
    const unfinished = ended.filter(sync => sync.state !== 'completed')
    for (const { error, state } of unfinished) complain(error ?? `The import was ${state}.`)
    if (unfinished.length > 0) return 1
    const failures = await failuresOf(app, ended, refused !== undefined)
    report(ended, { failures, refused }, Math.round(performance.now() - startedMs), options.json)
    return refused && refused.length > 0 ? 1 : 0
  } finally {
    await app.stop()
  }
}

/** Resolves when every import has completed, failed, or is paused because it cannot go on by itself. */
function waitForEnd(app: App, syncIds: SyncId[]): Promise<Sync[]> {
  const known = new Map<SyncId, Sync>()
  return new Promise(resolve => {
    const look = (sync: Sync) => {
      if (!syncIds.includes(sync.id)) return
      known.set(sync.id, sync)
      const syncs = [...known.values()]
      showProgress(sumOf(syncs))
      if (syncs.length < syncIds.length || syncs.some(({ state }) => state === 'running')) return
      unsubscribe()
      resolve(syncs)
    }
    const unsubscribe = app.subscribe(event => {
      if (event.name === 'sync.progress') look(event.data)
    })
    // They may have ended before anybody listened.
    Promise.resolve(app.handlers['sync.list']({ limit: 100 + syncIds.length }))
      .then(syncs => syncs.forEach(look))
      .catch(complain)
  })
}

/** @param isPathWhole of several folders a path within one would not say which file it is. */
async function failuresOf(app: App, syncs: Sync[], isPathWhole: boolean): Promise<Failure[]> {
  const failures: Failure[] = []
  for (const { id, folderPath } of syncs) {
    for (const { path, reason } of await allFailures(app, id)) {
      failures.push({ path: isPathWhole ? join(folderPath, path) : path, reason: reason?.message ?? '' })
    }
  }
  return failures
}

async function allFailures(app: App, syncId: SyncId): Promise<LedgerEntry[]> {
  const failures: LedgerEntry[] = []
  let after: number | null = 0
  while (after !== null) {
    const page = await app.handlers['sync.files']({ syncId, outcome: 'failed', after, limit: ledgerPage })
    failures.push(...page.items)
    after = page.nextAfter
  }
  return failures
}

interface Told {
  failures: Failure[]
  refused: Refused | undefined
}

function report(syncs: Sync[], { failures, refused }: Told, elapsedMs: number, isJson: boolean): void {
  const { found, imported, duplicates, skipped, failed } = sumOf(syncs)
  if (isJson) {
    console.log(JSON.stringify({ found, imported, duplicates, skipped, failed, elapsedMs, failures, refused }))
    return
  }
  for (const { path, reason } of refused ?? []) console.log(`refused ${printable(path)}: ${printable(reason)}`)
  for (const { path, reason } of failures) console.log(`failed  ${printable(path)}: ${reason}`)
  const seconds = (elapsedMs / 1000).toFixed(1)
  console.log(
    `${found} found: ${imported} imported, ${duplicates} duplicates, ${skipped} skipped, ${failed} failed, in ${seconds} s.`,
  )
}

function showProgress(sync: Sync): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${progressLine(sync, process.stderr.columns)}`)
}
