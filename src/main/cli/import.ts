import type { LedgerEntry, Sync, SyncId } from '../../shared/syncs.ts'
import type { App } from '../app.ts'
import { complain, createHeadlessApp, type ProgramFiles, printable, stopRequested } from './program.ts'
import { progressLine } from './progress-line.ts'

const ledgerPage = 500

export interface ImportOptions {
  library: string
  json: boolean
  copy?: boolean
}

/** `burg-ink import`. @returns the exit code: 0 when every file found is accounted for. */
export function importCommand(folder: string, options: ImportOptions, files: ProgramFiles): Promise<number> {
  return followImport(options, files, app =>
    app.handlers['folder.import']({ path: folder, copyOriginals: options.copy }),
  )
}

/** Starts an import, shows how far it is, and says how it ended. @returns the exit code. */
export async function followImport(
  options: Omit<ImportOptions, 'copy'>,
  files: ProgramFiles,
  start: (app: App) => { syncId: SyncId } | Promise<{ syncId: SyncId }>,
): Promise<number> {
  const startedMs = performance.now()
  const stopped = stopRequested()
  const app = await createHeadlessApp(options.library, files)
  try {
    await app.start()
    const { syncId } = await start(app)
    const ended = await Promise.race([waitForEnd(app, syncId), stopped])
    clearLine()
    if (typeof ended === 'string') {
      console.error('Stopped. Nothing is lost: the same command goes on where this one stopped.')
      return 130
    }
    if (ended.state !== 'completed') {
      complain(ended.error ?? `The import was ${ended.state}.`)
      return 1
    }
    const failures = await allFailures(app, syncId)
    report(ended, failures, Math.round(performance.now() - startedMs), options.json)
    return 0
  } finally {
    await app.stop()
  }
}

/** Resolves when the import completes, fails, or is paused because it cannot go on by itself. */
function waitForEnd(app: App, syncId: SyncId): Promise<Sync> {
  return new Promise(resolve => {
    const look = (sync: Sync | undefined) => {
      if (!sync) return
      showProgress(sync)
      if (sync.state === 'running') return
      unsubscribe()
      resolve(sync)
    }
    const unsubscribe = app.subscribe(event => {
      if (event.name === 'sync.progress' && event.data.id === syncId) look(event.data)
    })
    // It may have ended before anybody listened.
    Promise.resolve(app.handlers['sync.list']({ limit: 100 }))
      .then(syncs => look(syncs.find(sync => sync.id === syncId)))
      .catch(complain)
  })
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

function report(sync: Sync, failures: LedgerEntry[], elapsedMs: number, isJson: boolean): void {
  const { found, imported, duplicates, skipped, failed } = sync
  if (isJson) {
    const reasons = failures.map(({ path, reason }) => ({ path, reason: reason?.message ?? '' }))
    console.log(JSON.stringify({ found, imported, duplicates, skipped, failed, elapsedMs, failures: reasons }))
    return
  }
  for (const { path, reason } of failures) console.log(`failed  ${printable(path)}: ${reason?.message ?? ''}`)
  const seconds = (elapsedMs / 1000).toFixed(1)
  console.log(
    `${found} found: ${imported} imported, ${duplicates} duplicates, ${skipped} skipped, ${failed} failed, in ${seconds} s.`,
  )
}

function showProgress(sync: Sync): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${progressLine(sync, process.stderr.columns)}`)
}

function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}
