import { z } from 'zod'
import { analysisCommands, analysisQueries } from './calls/analysis.ts'
import { artworkCopiesCommands } from './calls/artwork-copies.ts'
import { artworksCommands, artworksQueries } from './calls/artworks.ts'
import { collectionsCommands, collectionsQueries } from './calls/collections.ts'
import { engineCommands, engineQueries } from './calls/engine.ts'
import { exportsCommands, exportsQueries } from './calls/exports.ts'
import { filesCommands, filesQueries } from './calls/files.ts'
import { googleCommands, googleQueries } from './calls/google.ts'
import { hostCommands, hostQueries } from './calls/host.ts'
import { importsCommands, importsQueries } from './calls/imports.ts'
import { libraryCommands, libraryQueries, settingsSchema } from './calls/library.ts'
import { marksCommands, marksQueries } from './calls/marks.ts'
import { nothing } from './calls/nothing.ts'
import { sidecarsCommands, sidecarsQueries } from './calls/sidecars.ts'
import { storageCommands, storageQueries } from './calls/storage.ts'
import { tablesCommands, tablesQueries } from './calls/tables.ts'
import { wordsCommands, wordsQueries } from './calls/words.ts'
import { mediaIdSchema } from './media.ts'
import { syncSchema } from './syncs.ts'

export type { Chosen } from './calls/analysis.ts'
export type { ShownRun, ShownRunDetail } from './calls/engine.ts'
export type {
  Export,
  ExportOrder,
  PublishedChoice,
  SidecarNaming,
  WorksChoice,
  WorksOrder,
} from './calls/exports.ts'
export { type Folder, type Settings, settingsSchema } from './calls/library.ts'
export type { SidecarReading } from './calls/sidecars.ts'
export type { Table, TableWork } from './calls/tables.ts'

/**
 * Everything the page can ask of the app, by rooms in `calls/`. Both hosts serve this map with the same handlers: the browser
 * host by `POST /api/call/<name>` with the input as JSON, the desktop by one IPC channel. A missing handler is a type error.
 */
export const queries = {
  ...libraryQueries,
  ...importsQueries,
  ...filesQueries,
  ...googleQueries,
  ...storageQueries,
  ...analysisQueries,
  ...wordsQueries,
  ...collectionsQueries,
  ...marksQueries,
  ...artworksQueries,
  ...exportsQueries,
  ...sidecarsQueries,
  ...tablesQueries,
  ...engineQueries,
  ...hostQueries,
} as const

export const commands = {
  ...libraryCommands,
  ...importsCommands,
  ...filesCommands,
  ...googleCommands,
  ...storageCommands,
  ...analysisCommands,
  ...wordsCommands,
  ...collectionsCommands,
  ...marksCommands,
  ...artworksCommands,
  ...artworkCopiesCommands,
  ...exportsCommands,
  ...sidecarsCommands,
  ...tablesCommands,
  ...engineCommands,
  ...hostCommands,
} as const

/**
 * What the app says by itself: server-sent events, named as here, each with JSON of that shape. They say that something
 * changed, and the page asks again for what it shows; only `sync.progress` and what a person asked of the page carry more.
 */
export const events = {
  /** At most a few a second. `mediaIds` is null when too many changed to name. `areListsChanged`: something came, went or moved place. */
  'media.changed': z.object({ mediaIds: z.array(mediaIdSchema).nullable(), areListsChanged: z.boolean() }),
  'sync.progress': syncSchema,
  /** Ask for `library.overview` again. */
  'library.changed': nothing,
  'settings.changed': settingsSchema,
  /** Ask for `accounts.list` again. */
  'accounts.changed': nothing,
  /** Ask for `host.get` again. */
  'host.changed': nothing,
  /** A menu, a notification or a link leads somewhere: what follows `#` in the page's address. */
  'page.show': z.object({ route: z.string().max(4000) }),
  /** A menu runs a command of the page, by its id. */
  'page.run': z.object({ command: z.string().max(100) }),
  /** Ask for `storage.overview` again. At most a few a second. */
  'storage.changed': nothing,
  /** Ask for `analysis.overview` again. At most a few a second. */
  'analysis.changed': nothing,
  /** Ask for works and series again. At most a few a second. */
  'artworks.changed': nothing,
  /** Ask for `history.state` again. */
  'history.changed': nothing,
  /** Ask for `export.state` again. At most a few a second. */
  'export.changed': nothing,
  /** Ask for `sidecars.state` again. At most a few a second. */
  'sidecars.changed': nothing,
  /** Ask for runs again. At most a few a second. */
  'runs.changed': nothing,
  /** Ask for `engine.get` again. */
  'engine.changed': nothing,
  /** Ask for `table.state` again. At most a few a second. */
  'table.changed': nothing,
} as const

export type QueryName = keyof typeof queries
export type CommandName = keyof typeof commands
export type CallName = QueryName | CommandName
export const calls = { ...queries, ...commands }
export type Input<N extends CallName> = z.input<(typeof calls)[N]['input']>
export type Parsed<N extends CallName> = z.output<(typeof calls)[N]['input']>
export type Output<N extends CallName> = z.output<(typeof calls)[N]['output']>
export type EventName = keyof typeof events
export type EventData<N extends EventName> = z.output<(typeof events)[N]>

/** Every handler of the contract, by name: what a host serves. */
export type Handlers = { [N in CallName]: (input: Parsed<N>) => Output<N> | Promise<Output<N>> }

export const errorCodes = [
  'bad-input',
  'not-found',
  'not-allowed',
  'folder-unavailable',
  'account-unavailable',
  'store-unavailable',
  'export-failed',
  'table-unreadable',
  'analyser-unavailable',
  'conflict',
  'library-unavailable',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** How every call is answered. `message` is for a person and says what to do. */
export const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.enum(errorCodes), message: z.string() }) }),
])
export type Reply = z.infer<typeof replySchema>

/** An expected failure on its way to a person. */
export class CallFailed extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CallFailed'
    this.code = code
  }
}
