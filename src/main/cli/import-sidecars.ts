import type { SidecarReading } from '../../shared/contract.ts'
import { plural } from '../../shared/format.ts'
import { fieldCounts } from '../../shared/sidecar-words.ts'
import type { SidecarConflicts } from '../../shared/sidecars.ts'
import type { App } from '../app.ts'
import { folderIdOf } from './folder-named.ts'
import { clearLine, complain, createHeadlessApp, type ProgramFiles, printable, stopRequested } from './program.ts'

export interface ImportSidecarsOptions {
  library: string
  json: boolean
  conflicts: SidecarConflicts
  /** Only say what would change. */
  preview: boolean
}

const numbers = new Intl.NumberFormat()

/** `burg-ink import-sidecars`: of all pictures, or of those of a folder. @returns the exit code. */
export async function importSidecarsCommand(
  folder: string | undefined,
  options: ImportSidecarsOptions,
  files: ProgramFiles,
): Promise<number> {
  const stopped = stopRequested()
  const app = await createHeadlessApp(options.library, files)
  try {
    const filter = folder === undefined ? {} : { folderId: await folderIdOf(app, folder) }
    await app.handlers['sidecars.look']({ chosen: { filter, sort: 'name' } })
    const looked = await Promise.race([waitFor(app, ['looking']), stopped])
    const isToTake = typeof looked !== 'string' && looked.state === 'looked' && !options.preview
    if (isToTake) await app.handlers['sidecars.take']({ id: looked.id, conflicts: options.conflicts })
    const ended = isToTake ? await Promise.race([waitFor(app, ['looked', 'taking']), stopped]) : looked
    clearLine()
    if (typeof ended !== 'string') return report(ended, options)
    await app.handlers['sidecars.cancel']({})
    console.error('Stopped. Nothing was changed.')
    return 130
  } finally {
    await app.stop()
  }
}

function waitFor(app: App, passing: readonly SidecarReading['state'][]): Promise<SidecarReading> {
  return new Promise((resolve, reject) => {
    const look = async (): Promise<void> => {
      const { reading } = await app.handlers['sidecars.state']({})
      if (!reading) return
      showProgress(reading)
      if (passing.includes(reading.state)) return
      unsubscribe()
      resolve(reading)
    }
    const unsubscribe = app.subscribe(event => {
      if (event.name === 'sidecars.changed') look().catch(reject)
    })
    look().catch(reject)
  })
}

function report(ended: SidecarReading, { json, conflicts, preview }: ImportSidecarsOptions): number {
  const { state, found, changed, conflicting, changes, taken, refused, refusals, message } = ended
  if (json) {
    const result = { state, found, changed, conflicting, changes, conflicts: ended.conflicts, taken, refused, refusals }
    console.log(JSON.stringify({ ...result, message }))
  }
  if (state === 'failed' || state === 'cancelled') {
    complain(message ?? `Reading sidecars was ${state}.`)
    return 1
  }
  if (!json) for (const line of lines(ended, preview, conflicts)) console.log(printable(line))
  for (const { file, reason } of refusals) console.error(printable(`${file}: ${reason}`))
  return refused > 0 ? 1 : 0
}

function lines(ended: SidecarReading, isPreview: boolean, whose: SidecarConflicts): string[] {
  const { found, changed, conflicting, changes, conflicts, taken } = ended
  if (found === 0) return ['No sidecars were found beside these pictures.']
  const lines = [`${plural(found, 'sidecar')} read, with something new for ${plural(changed, 'picture')}.`]
  if (changed > 0) lines.push(`New: ${fieldCounts(changes)}.`)
  if (conflicting > 0)
    lines.push(`You have said something else of ${plural(conflicting, 'picture')}: ${fieldCounts(conflicts)}.`)
  if (isPreview) return [...lines, 'Nothing was changed.']
  if (conflicting > 0) lines.push(whose === 'keep' ? 'Your own words were kept.' : "The sidecars' words were taken.")
  return [...lines, `Changed ${plural(taken, 'picture')}.`]
}

function showProgress({ done, total }: SidecarReading): void {
  if (!process.stderr.isTTY) return
  clearLine()
  process.stderr.write(`${numbers.format(done)} of ${numbers.format(total)}`)
}
