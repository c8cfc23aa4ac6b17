import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ArtworkFilter, ArtworkStatus } from '../../shared/artworks.ts'
import { CallFailed, type Export, type ExportOrder, type Input, type WorksOrder } from '../../shared/contract.ts'
import type { MediaFilter } from '../../shared/media.ts'
import type { App } from '../app.ts'
import { type SheetOptions, sheetsOrderOf } from './export-sheets.ts'
import { folderIdOf } from './folder-named.ts'
import { clearLine, complain, createHeadlessApp, type ProgramFiles, printable, stopRequested } from './program.ts'

export interface ExportOptions extends SheetOptions {
  library: string
  json: boolean
  /** A folder or a new file. */
  to?: string
  /** Number, name or path of a folder of the library. */
  folder?: string
  tag: string[]
  /** Of artworks. */
  status?: ArtworkStatus
  /** As the values are, for other programs. */
  plain: boolean
  /** Sidecars beside the originals. */
  beside: boolean
  longNames: boolean
  suggestions: boolean
  /** Of a portfolio, a file. */
  about?: string
  contact: string[]
  address?: string
  unlisted: boolean
}

const numbers = new Intl.NumberFormat()

/** `burg-ink export`: all pictures or artworks, or those that the words, folder, tags or status find. @returns the exit code. */
export async function exportCommand(
  format: Export['format'],
  text: string,
  options: ExportOptions,
  files: ProgramFiles,
): Promise<number> {
  const asked = await askedFor(format, text, options)
  const stopped = stopRequested()
  const app = await createHeadlessApp(options.library, files)
  try {
    await app.handlers['export.start'](await asked(app))
    const ended = await Promise.race([waitForEnd(app), stopped])
    clearLine()
    if (typeof ended !== 'string') return report(ended, options.json)
    await app.handlers['export.cancel']({})
    console.error(stoppedLines[format] ?? 'Stopped. Nothing was written.')
    return 130
  } finally {
    await app.stop()
  }
}

const stoppedLines: Partial<Record<Export['format'], string>> = {
  xmp: 'Stopped. Sidecars that were written stay.',
  portfolio: 'Stopped. The portfolio is not complete: export it again to complete it.',
}

/** Faults of the options are told before a library is opened. */
async function askedFor(
  format: Export['format'],
  text: string,
  options: ExportOptions,
): Promise<(app: App) => Promise<Input<'export.start'>>> {
  if (format !== 'csv' && format !== 'json' && format !== 'xmp') {
    const works = { filter: worksFilterOf(text, options), sort: 'number' as const }
    const order = await worksOrderOf(format, options)
    return async app => ({ works, order: await order(app) })
  }
  if (options.status !== undefined) {
    throw new CallFailed('bad-input', 'Only artworks have a status: "export works-csv --status sold".')
  }
  const order = orderOf(format, options)
  return async app => ({ chosen: { filter: await filterOf(app, text, options), sort: 'name' }, order })
}

/** What needs the settings is asked of the library once it is open. */
async function worksOrderOf(
  format: WorksOrder['format'],
  options: ExportOptions,
): Promise<(app: App) => Promise<WorksOrder>> {
  const { to: place, beside, plain } = options
  if (beside) throw new CallFailed('bad-input', 'Only sidecars go beside the originals: "export xmp --beside".')
  if (place === undefined) throw whereTo()
  const to = resolve(place)
  if (format === 'catalogue' || format === 'labels') {
    return async app => sheetsOrderOf(format, to, options, await app.handlers['settings.get']({}))
  }
  if (format === 'portfolio') {
    const said = await portfolioOf(options)
    return async app => ({ format, to, artist: options.artist ?? (await artistOf(app)), ...said })
  }
  const order: WorksOrder = format === 'works-csv' ? { format, to, isForSpreadsheets: !plain } : { format, to }
  return async () => order
}

async function artistOf(app: App): Promise<string> {
  const { artistName } = await app.handlers['settings.get']({})
  if (artistName === '') throw new CallFailed('bad-input', 'Say whose works they are, with --artist and a name.')
  return artistName
}

async function portfolioOf({ about, contact, address = '', unlisted, show }: ExportOptions) {
  return {
    about: about === undefined ? '' : await textOf(about),
    contact: contact.join('\n'),
    address,
    isIndexed: !unlisted,
    showsStatus: show.includes('status'),
    showsPrices: show.includes('prices'),
    showsProvenance: show.includes('provenance'),
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CallFailed('bad-input', `${file} cannot be read. Give a text file that is there.`, { cause })
  }
}

function worksFilterOf(text: string, { folder, tag, status }: ExportOptions): ArtworkFilter {
  if (folder !== undefined || tag.length > 0) {
    throw new CallFailed('bad-input', 'Artworks are found by words and by --status, not by folders and tags.')
  }
  return { ...(text !== '' && { text }), ...(status !== undefined && { status }) }
}

const whereTo = () => new CallFailed('bad-input', 'Say where it goes, with --to and a folder.')

function orderOf(format: ExportOrder['format'], options: ExportOptions): ExportOrder {
  const { to, beside, plain, longNames, suggestions: includesSuggestions } = options
  if (beside && (to !== undefined || format !== 'xmp')) {
    throw new CallFailed('bad-input', 'Only sidecars go beside the originals: "export xmp --beside", without --to.')
  }
  if (to === undefined && !beside) throw whereTo()
  const place = to === undefined ? null : resolve(to)
  if (format === 'xmp') return { format, to: place, naming: longNames ? 'long' : 'short', includesSuggestions }
  if (format === 'csv') return { format, to: place as string, isForSpreadsheets: !plain }
  return { format, to: place as string }
}

async function filterOf(app: App, text: string, { folder, tag }: ExportOptions): Promise<MediaFilter> {
  return {
    ...(text !== '' && { text }),
    ...(folder !== undefined && { folderId: await folderIdOf(app, folder) }),
    ...(tag.length > 0 && { tags: tag }),
  }
}

function waitForEnd(app: App): Promise<Export> {
  return new Promise((resolve, reject) => {
    const look = async (): Promise<void> => {
      const { export: now } = await app.handlers['export.state']({})
      if (!now) return
      showProgress(now)
      if (now.state === 'running') return
      unsubscribe()
      resolve(now)
    }
    const unsubscribe = app.subscribe(event => {
      if (event.name === 'export.changed') look().catch(reject)
    })
    // It may have ended before anybody listened.
    look().catch(reject)
  })
}

function report(ended: Export, isJson: boolean): number {
  const { id: _, format: __, total: ___, ...told } = ended
  const { state, refused, refusals, remarks, message } = ended
  if (isJson) console.log(JSON.stringify(told))
  if (state !== 'completed') {
    complain(message ?? `The export was ${state}.`)
    return 1
  }
  if (!isJson) console.log(printable(endLine(ended)))
  for (const { file, reason } of refusals) console.error(printable(`${file}: ${reason}`))
  for (const { work, text } of remarks) console.error(printable(`${work}: ${text}`))
  return refused > 0 ? 1 : 0
}

function endLine({ format, done, path, unchanged, refused }: Export): string {
  if (format === 'portfolio') {
    const left = refused > 0 ? ` ${numbers.format(refused)} files were left as they are.` : ''
    return `A portfolio of ${numbers.format(done)} artworks is in ${path}.${left}`
  }
  const unit = format === 'csv' || format === 'json' ? 'picture' : 'artwork'
  if (format !== 'xmp') return `Exported ${numbers.format(done)} ${unit}${done === 1 ? '' : 's'} to ${path}.`
  const parts = [
    `${numbers.format(done - unchanged - refused)} sidecars written`,
    ...(unchanged > 0 ? [`${numbers.format(unchanged)} up to date already`] : []),
    ...(refused > 0 ? [`${numbers.format(refused)} not written`] : []),
  ]
  return `${parts.join(', ')}, ${path === null ? 'beside the originals' : `in ${path}`}.`
}

function showProgress({ done, total }: Export): void {
  if (!process.stderr.isTTY) return
  clearLine()
  process.stderr.write(`${numbers.format(done)} of ${numbers.format(total)}`)
}
