import { z } from 'zod'
import { accountIdSchema, accountSchema, driveEntrySchema, drivePlaceSchema } from './accounts.ts'
import {
  analysisOverviewSchema,
  analysisSettingsSchema,
  estimateSchema,
  failedForSchema,
  promptSchema,
  suggestionSchema,
  trialSchema,
  wordFields,
} from './analysis.ts'
import { colourNames } from './colours.ts'
import { hostSchema, programPreferencesSchema, themes } from './host.ts'
import {
  mediaDetailSchema,
  mediaFilterSchema,
  mediaIdSchema,
  mediaSortSchema,
  mediaTileSchema,
  processingStatuses,
} from './media.ts'
import { outcomes } from './outcomes.ts'
import { connectionReportSchema, moveDirections, storageOverviewSchema, storageSettingsSchema } from './storage.ts'
import { ledgerEntrySchema, syncIdSchema, syncSchema } from './syncs.ts'

/**
 * Everything the page can ask of the app. Both hosts serve this map with the same handlers: the browser host by
 * `POST /api/call/<name>` with the input as JSON, the desktop by one IPC channel. A missing handler is a type error.
 */
const nothing = z.object({})
const listView = { filter: mediaFilterSchema, sort: mediaSortSchema }
const count = z.object({ value: z.string(), count: z.number() })

const folderSchema = z.object({
  id: z.number(),
  name: z.string(),
  path: z.string(),
  source: z.string(),
  mediaCount: z.number(),
  /** Originals are copied into the library as well. */
  keepsCopies: z.boolean(),
  /** Of Google Drive: the account it is in; null when that is not connected any more. */
  account: z.object({ id: accountIdSchema, email: z.string(), state: accountSchema.shape.state }).nullable(),
  /** It is looked into by itself every quarter of an hour. */
  isWatched: z.boolean(),
  lastSyncedAt: z.string().nullable(),
})
export type Folder = z.infer<typeof folderSchema>

export const settingsSchema = z.object({
  /** Keep a copy of every original in the library when a folder is imported. */
  copyOriginals: z.boolean(),
  /** Of the Google client that accounts are connected by; empty: none. Its secret is in the keychain. */
  googleClientId: z.string().max(300),
})
export type Settings = z.infer<typeof settingsSchema>

/** Which pictures something is done with. */
const chosenSchema = z.union([
  z.object({ mediaIds: z.array(mediaIdSchema).min(1).max(10_000) }),
  z.object({ filter: mediaFilterSchema }),
  /** All that the present analyser, model and prompt have not described. */
  z.object({ isUndescribed: z.literal(true) }),
])
export type Chosen = z.infer<typeof chosenSchema>

/** Left out: as the settings say. */
const recipeChoice = {
  model: z.string().max(200).optional(),
  promptId: z.number().int().positive().nullable().optional(),
}

/** What a person wants to try: settings that are not saved, and a key that is not either. Left out: the saved ones. */
const draft = {
  settings: analysisSettingsSchema.optional(),
  apiKey: z.string().max(500).optional(),
  /** A prompt that is not saved. */
  promptText: z.string().trim().min(1).max(20_000).optional(),
}

export const queries = {
  /** What the frame shows all the time. */
  'library.overview': {
    input: nothing,
    output: z.object({
      name: z.string(),
      /** Where the library folder is. */
      path: z.string(),
      /** Something is wrong with the library as a whole, and what to do; null when all is well. */
      problem: z.string().nullable(),
      counts: z.object({
        /** Everything the grid shows without a filter. */
        shown: z.number(),
        byStatus: z.object(
          Object.fromEntries(processingStatuses.map(s => [s, z.number()])) as Record<
            (typeof processingStatuses)[number],
            z.ZodNumber
          >,
        ),
        missing: z.number(),
      }),
      folders: z.array(folderSchema),
      /** Running and paused ones, newest first. */
      activeSyncs: z.array(syncSchema),
      hasSamples: z.boolean(),
    }),
  },
  /**
   * How many there are and where its pages begin, so that a grid knows its height and can jump anywhere: page `i` is
   * `media.page` after `cursors[i]` (null for the first).
   */
  'media.index': {
    input: z.object({ ...listView, pageSize: z.number().int().min(10).max(500) }),
    output: z.object({ total: z.number(), cursors: z.array(z.string().nullable()) }),
  },
  'media.page': {
    input: z.object({ ...listView, after: z.string().max(1000).nullable(), limit: z.number().int().min(1).max(500) }),
    output: z.object({ items: z.array(mediaTileSchema), nextCursor: z.string().nullable() }),
  },
  'media.get': { input: z.object({ id: mediaIdSchema }), output: mediaDetailSchema },
  /** Counts for the filters. Over `sampledFrom` newest matches where there are more: then a count means "at least". */
  'media.facets': {
    input: z.object({ filter: mediaFilterSchema }),
    output: z.object({
      isSampled: z.boolean(),
      tags: z.array(count),
      colours: z.array(z.object({ value: z.enum(colourNames), count: z.number() })),
      years: z.array(count),
      statuses: z.array(count),
      sources: z.array(count),
    }),
  },
  /** Tags that begin with `prefix`, most used first. */
  'tags.suggest': {
    input: z.object({ prefix: z.string().max(200), limit: z.number().int().min(1).max(50) }),
    output: z.array(count),
  },
  'sync.list': { input: z.object({ limit: z.number().int().min(1).max(100) }), output: z.array(syncSchema) },
  /** The ledger of one sync, in the order found. `outcome` leaves out the others. */
  'sync.files': {
    input: z.object({
      syncId: syncIdSchema,
      outcome: z.enum(outcomes).optional(),
      after: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ items: z.array(ledgerEntrySchema), nextAfter: z.number().nullable() }),
  },
  /** Folders inside one, to pick a folder where the host has no dialog of its own. Without a path: home. */
  'folder.browse': {
    input: z.object({ path: z.string().max(4096).optional() }),
    output: z.object({
      path: z.string(),
      parent: z.string().nullable(),
      folders: z.array(z.object({ name: z.string(), path: z.string() })),
      /** Pictures directly inside, by their names. */
      pictureCount: z.number(),
    }),
  },
  'accounts.list': {
    input: nothing,
    output: z.object({
      accounts: z.array(accountSchema),
      /** There is a Google client to connect with. */
      hasClient: z.boolean(),
      /** Where accounts do not outlive the program: a sentence that says so. */
      notice: z.string().nullable(),
    }),
  },
  /** Folders first, then pictures and shortcuts, each by name: so Drive sorts them. */
  'drive.browse': {
    input: z.object({
      accountId: accountIdSchema,
      place: drivePlaceSchema,
      pageToken: z.string().max(4000).optional(),
    }),
    output: z.object({ entries: z.array(driveEntrySchema), pageToken: z.string().nullable() }),
  },
  'settings.get': { input: nothing, output: settingsSchema },
  /** What the program around the page can do. */
  'host.get': { input: nothing, output: hostSchema },
  /** `isPaused`: `work.resume` has something to take up. */
  'work.state': { input: nothing, output: z.object({ isUnderWay: z.boolean(), isPaused: z.boolean() }) },
  'storage.overview': { input: nothing, output: storageOverviewSchema },
  /** Address of an original in the store, for others: for good where the store is public, else for that long. */
  'media.link': {
    input: z.object({ id: mediaIdSchema, seconds: z.number().int().min(60).max(604_800) }),
    output: z.object({ url: z.string(), expiresAt: z.string().nullable() }),
  },
  'analysis.overview': { input: nothing, output: analysisOverviewSchema },
  /** What the server offers, for a picker. */
  'analysis.models': { input: z.object(draft), output: z.object({ models: z.array(z.string()) }) },
  'analysis.estimate': { input: z.object({ chosen: chosenSchema, ...recipeChoice }), output: estimateSchema },
  /** Why pictures of a run have no description, the commonest reason first, each with the first few pictures. */
  'analysis.failures': {
    input: z.object({ runId: z.number() }),
    output: z.object({ reasons: z.array(failedForSchema) }),
  },
  /** One's own, by name; and the text of the one that comes with Burg Ink. */
  'prompts.list': { input: nothing, output: z.object({ prompts: z.array(promptSchema), defaultText: z.string() }) },
  /** Pictures like this one, most alike first: by how they look, or by what their descriptions mean. */
  'media.similar': {
    input: z.object({ id: mediaIdSchema, by: z.enum(['look', 'meaning']), limit: z.number().int().min(1).max(200) }),
    output: z.object({
      items: z.array(mediaTileSchema.extend({ likeness: z.number() })),
      /** Why there are none, where something can be done about it. */
      notice: z.string().nullable(),
    }),
  },
  /** What is suggested for most of these pictures, at most fifty, and for how many of them. */
  'suggestions.common': {
    input: z.object({ mediaIds: z.array(mediaIdSchema).min(1).max(10_000) }),
    output: z.array(suggestionSchema.pick({ field: true, value: true }).extend({ count: z.number() })),
  },
  /** Pictures that look nearly the same, a group each, largest first. */
  'media.nearDuplicates': {
    input: z.object({ after: z.number().int().nonnegative(), limit: z.number().int().min(1).max(100) }),
    output: z.object({
      /** `items` are the oldest of the group; `count` is how many it has. */
      groups: z.array(z.object({ items: z.array(mediaTileSchema), count: z.number() })),
      total: z.number(),
      nextAfter: z.number().nullable(),
    }),
  },
} as const

const started = z.object({ syncId: syncIdSchema })

export const commands = {
  'folder.import': {
    input: z.object({ path: z.string().min(1).max(4096), copyOriginals: z.boolean().optional() }),
    output: started,
  },
  /**
   * Brings in what was dropped, by full paths. A folder is imported whole, as by `folder.import`. Of single files those are
   * imported and nothing else of their folder: one sync for each folder, which is the imported one that they are in, or
   * the one they lie in. The same again, while its sync runs or is paused, is that sync.
   *
   * What cannot be imported is `refused`, with the path as it was given and a sentence; everything else ends in the ledger of
   * a sync. Fails where all is refused.
   */
  'files.import': {
    input: z.object({
      paths: z.array(z.string().min(1).max(4096)).min(1).max(1000),
      copyOriginals: z.boolean().optional(),
    }),
    output: z.object({
      syncIds: z.array(syncIdSchema),
      refused: z.array(z.object({ path: z.string(), reason: z.string() })),
    }),
  },
  /**
   * Brings in a folder of Drive, or what changed in it since the last time. `folderId` is Google's, or `root`. Whether it is
   * watched stays as it is where `isWatched` is left out.
   */
  'drive.import': {
    input: z.object({
      accountId: accountIdSchema,
      folderId: z.string().min(1).max(200),
      isWatched: z.boolean().optional(),
    }),
    output: started,
  },
  /** Opens the person's browser and answers when they have signed in there. */
  'account.connect': { input: nothing, output: accountSchema },
  /** Ends the sign-ins under way; each fails as cancelled. */
  'account.cancelConnect': { input: nothing, output: nothing },
  /** `notice`: it is gone here, but Google could not be told. */
  'account.disconnect': {
    input: z.object({ id: accountIdSchema }),
    output: z.object({ notice: z.string().nullable() }),
  },
  /** The client that a person made in the Google Cloud console, of the kind "Desktop app". */
  'account.setClient': {
    input: z.object({ clientId: z.string().max(300), clientSecret: z.string().max(300) }),
    output: nothing,
  },
  'folder.watch': {
    input: z.object({ folderId: z.number().int().positive(), isWatched: z.boolean() }),
    output: nothing,
  },
  'samples.import': { input: nothing, output: started },
  'sync.pause': { input: z.object({ syncId: syncIdSchema }), output: nothing },
  'sync.resume': { input: z.object({ syncId: syncIdSchema }), output: nothing },
  'sync.cancel': { input: z.object({ syncId: syncIdSchema }), output: nothing },
  /** One failed file, or without `fileId` all failed ones of that sync. Answers how many were taken up again. */
  'sync.retry': {
    input: z.object({ syncId: syncIdSchema, fileId: z.number().int().positive().optional() }),
    output: z.object({ count: z.number() }),
  },
  /** The failed file behind a tile. */
  'media.retry': { input: z.object({ id: mediaIdSchema }), output: nothing },
  'settings.set': { input: settingsSchema.partial(), output: settingsSchema },
  /** The system's dialog, where `host.get` says there is one. Null: the person changed their mind. */
  'folder.choose': {
    input: z.object({ startIn: z.string().max(4096).optional() }),
    output: z.object({ path: z.string().nullable() }),
  },
  'host.set': { input: programPreferencesSchema.partial(), output: hostSchema },
  /** How the page looks, so that what is around it looks alike. */
  'host.theme': { input: z.object({ theme: z.enum(themes) }), output: nothing },
  /** Ends the program and starts the newer one, which is ready. */
  'update.install': { input: nothing, output: nothing },
  /** Imports, descriptions, uploads and moves that run now: `work.resume` takes up what this paused, also after a restart. */
  'work.pause': { input: nothing, output: nothing },
  'work.resume': { input: nothing, output: nothing },

  /** Saves where originals are kept. A secret that is left out stays as it is; an empty one is forgotten. */
  'storage.save': {
    input: z.object({ settings: storageSettingsSchema, secretAccessKey: z.string().max(500).optional() }),
    output: nothing,
  },
  /** Writes, reads and deletes one object. A secret that is left out is the saved one. */
  'storage.test': {
    input: z.object({ settings: storageSettingsSchema, secretAccessKey: z.string().max(500).optional() }),
    output: connectionReportSchema,
  },
  'storage.pause': { input: nothing, output: nothing },
  /** Also what could not be sent, by the originals' own fault, is tried again. */
  'storage.resume': { input: nothing, output: nothing },
  'storage.move': { input: z.object({ direction: z.enum(moveDirections) }), output: z.object({ moveId: z.number() }) },
  'storage.pauseMove': { input: nothing, output: nothing },
  'storage.resumeMove': { input: nothing, output: nothing },
  /** What has been moved stays where it is now. */
  'storage.cancelMove': { input: nothing, output: nothing },

  /** A key that is left out stays as it is; an empty one is forgotten. */
  'analysis.save': {
    input: z.object({ settings: analysisSettingsSchema, apiKey: z.string().max(500).optional() }),
    output: nothing,
  },
  /** Describes up to three pictures and changes nothing in the library. Its answers are not paid again by a run. */
  'analysis.trial': {
    input: z.object({ mediaIds: z.array(mediaIdSchema).min(1).max(3), ...draft }),
    output: z.object({ trials: z.array(trialSchema) }),
  },
  'analysis.run': {
    input: z.object({
      chosen: chosenSchema,
      ...recipeChoice,
      usesBatch: z.boolean().optional(),
      /** US dollars; null: no cap of its own. */
      capUsd: z.number().nonnegative().nullable().optional(),
    }),
    output: z.object({ runId: z.number() }),
  },
  'analysis.pause': { input: z.object({ runId: z.number() }), output: nothing },
  'analysis.resume': { input: z.object({ runId: z.number() }), output: nothing },
  'analysis.cancel': { input: z.object({ runId: z.number() }), output: nothing },
  /** Pictures of the run without an answer are asked about again. */
  'analysis.retry': { input: z.object({ runId: z.number() }), output: z.object({ count: z.number() }) },
  /** Without `id` a new one. */
  'prompt.save': {
    input: z.object({
      id: z.number().int().positive().optional(),
      name: z.string().trim().min(1).max(80),
      text: z.string().trim().min(1).max(20_000),
    }),
    output: promptSchema,
  },
  'prompt.remove': { input: z.object({ id: z.number().int().positive() }), output: nothing },

  /** What an analyser suggests becomes a person's word, or is never suggested again. Without `suggestion`: all of them. */
  'suggestions.decide': {
    input: z.object({
      mediaIds: z.array(mediaIdSchema).min(1).max(10_000),
      decision: z.enum(['confirm', 'reject']),
      suggestion: suggestionSchema.pick({ field: true, value: true }).optional(),
    }),
    output: z.object({ count: z.number(), undoId: z.number() }),
  },
  /** A person's own words; null takes them back, and the analyser's are shown again. */
  'words.set': {
    input: z.object({
      mediaIds: z.array(mediaIdSchema).min(1).max(10_000),
      field: z.enum(wordFields),
      value: z.string().trim().min(1).max(4000).nullable(),
    }),
    output: z.object({ undoId: z.number() }),
  },
  'tags.change': {
    input: z.object({
      mediaIds: z.array(mediaIdSchema).min(1).max(10_000),
      add: z.array(z.string().trim().min(1).max(60)).max(50),
      remove: z.array(z.string().trim().min(1).max(200)).max(50),
    }),
    output: z.object({ undoId: z.number() }),
  },
  /** Takes back one of the last changes to words, tags and suggestions, since the program was started. */
  'words.undo': { input: z.object({ undoId: z.number() }), output: z.object({ count: z.number() }) },
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
