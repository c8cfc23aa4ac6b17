import { randomBytes } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import packageFile from '../../package.json' with { type: 'json' }
import type { Host } from '../shared/host.ts'
import { createBuiltinAnalyser, readDefaultPrompt } from './analysis/index.ts'
import { createAbsentFolders } from './app/absent-folders.ts'
import { type AnalysisConfig, createModels } from './app/analysis.ts'
import { createCloud } from './app/cloud.ts'
import { createEngineRoom } from './app/engine-room.ts'
import { createExports } from './app/exports.ts'
import { createFeed } from './app/feed.ts'
import { createGoogle, type GoogleConfig } from './app/google.ts'
import { createHandlers } from './app/handlers.ts'
import { explainLibraryFault, withLibraryFaults } from './app/library-faults.ts'
import { createMediaRecords } from './app/media-records.ts'
import { createPictures } from './app/pictures.ts'
import { createSecrets } from './app/secrets.ts'
import { createSidecarReading } from './app/sidecars.ts'
import { createTables } from './app/tables.ts'
import { createRunRecord } from './engine/index.ts'
import { createImaging, type ImagingOptions } from './imaging/index.ts'
import { createJobs, createProgress } from './jobs/index.ts'
import { openLibrary, type SyncRow } from './library/index.ts'
import { createSidecarReader } from './publishing/index.ts'
import type { ServerParts } from './server/index.ts'
import { createFolderSource, type MediaSource, sortDropped } from './sources/index.ts'
import { createDiskStore } from './storage/index.ts'

export interface AppConfig {
  /** Made when it is not there. */
  libraryFolder: string
  /** The built page. */
  pageFolder: string
  /** Null where there are none. */
  samplesFolder: string | null
  /** For the server; random when it is not given. */
  token?: string | undefined
  /** How pictures are decoded, where that is not by the Node that runs this. */
  imaging?: Pick<ImagingOptions, 'startChild' | 'childEntry'>
  google: GoogleConfig
  /** Where models are, when they are not where they are. */
  analysis?: Pick<AnalysisConfig, 'openAiUrl' | 'now'>
  /** What the program around it can do. What is left out is as in a terminal with a page in a browser. */
  host?: Partial<Host>
  /** Where unexpected errors end. */
  report(error: unknown): void
}

const { version } = packageFile

const dayMs = 86_400_000

/** Sources and build lie equally deep, so that this holds for both. */
const resourcesFolder = join(import.meta.dirname, '../../resources')

const isWhole = (given: Partial<Host>): given is Host => given.facts !== undefined

function hostOf(given: Partial<Host> = {}): Host {
  if (isWhole(given)) return given
  const canShowInFolder = given.showInFolder !== undefined
  const facts = () => ({ version, canChooseFolder: false, canShowInFolder, preferences: null, update: null })
  return { ...given, facts }
}

export type App = Awaited<ReturnType<typeof createApp>>

/**
 * The whole program without a host: opens the library, puts the rooms together. Nothing runs until `start`.
 * @throws {LibraryUnavailable}
 */
export async function createApp(config: AppConfig) {
  let isStopping = false
  // Work that is cut off by the end of the program complains, and is done again at the next start.
  const report = (error: unknown) => {
    if (!isStopping) config.report(error)
  }
  const library = await openLibrary(config.libraryFolder)
  const imaging = createImaging(config.imaging)
  const store = await createDiskStore(library.layout.store)
  const skippedFolders = [realpathSync(library.layout.folder)]
  const folderSource = createFolderSource({ skippedFolders })
  const { environment, openSecrets } = config.google
  const secrets = createSecrets(environment, openSecrets)
  const google = createGoogle(library, config.google, secrets)
  const cloud = createCloud(library, environment, secrets)
  const defaultPrompt = await readDefaultPrompt(resourcesFolder)
  const models = createModels(library, { ...config.analysis, environment, defaultPrompt }, secrets)
  const sources = new Map<string, MediaSource>([folderSource, google.source].map(source => [source.kind, source]))
  const analyser = createBuiltinAnalyser()
  const sidecars = createSidecarReader()
  const runRecord = createRunRecord({
    databasePath: library.layout.runs,
    keptForMs: () => library.settings.get().runsKeptDays * dayMs,
    onChange: () => feed.say({ name: 'runs.changed', data: {} }),
    report,
  })
  const jobs = createJobs(
    {
      library,
      sources,
      store,
      cloud,
      imaging,
      sidecars,
      analyser,
      models,
      embedder: models.embedder,
      lending: google.lending,
    },
    { recording: runRecord.middleware, report },
  )
  const progress = createProgress()
  const describe = (row: SyncRow) => progress(jobs.imports.asItStands(row))
  const feed = createFeed(library, syncId => {
    const row = library.syncs.get(syncId)
    return row && describe(row)
  })
  const engineRoom = createEngineRoom({
    library,
    environment,
    secrets,
    record: runRecord,
    jobs,
    sendUnfinished,
    onStuck: cause => void jobs.standStill(cause).catch(report),
    onChange: () => feed.say({ name: 'engine.changed', data: {} }),
    report,
  })
  const { imports, sending, moves, paces, describing } = jobs
  const comparing = { ...jobs.comparing, model: models.embedder.id }
  const exporting = createExports(library, imaging, () => feed.say({ name: 'export.changed', data: {} }), report)
  const sidecarReading = createSidecarReading(
    library,
    sidecars,
    () => feed.say({ name: 'sidecars.changed', data: {} }),
    report,
  )
  const tables = createTables(library, () => feed.say({ name: 'table.changed', data: {} }), report)
  let stopComparing = () => {}
  const { samplesFolder } = config
  const host = hostOf(config.host)
  const working = { imports, sending, moves, paces, describing }
  const handlers = withLibraryFaults(
    createHandlers({
      library,
      ...working,
      feed,
      google,
      cloud,
      models,
      describe,
      samplesFolder,
      comparing,
      exporting,
      sidecarReading,
      tables,
      host,
      engineRoom,
      runRecord,
      runControl: jobs.runs,
      sources,
      absentFolders: createAbsentFolders(library, folderSource),
      sortDropped: (paths, roots) => sortDropped(paths, roots, { skippedFolders }),
    }),
  )

  /** A new generation each time: whatever the engine remembers of an earlier one ends by itself. */
  async function sendUnfinishedLanes(): Promise<void> {
    await moves.goOn()
    await sending.goOn()
    await describing.sendUnfinished()
    await comparing.goOn()
    await jobs.sendDriveRequests()
  }
  /** All that the library counts as unfinished, to an engine that knows nothing of it. */
  async function sendUnfinished(): Promise<void> {
    await sendUnfinishedLanes()
    await imports.sendUnfinished()
  }

  const serverParts: ServerParts = {
    token: config.token ?? randomBytes(24).toString('base64url'),
    handlers,
    subscribe: feed.subscribe,
    triggerDriveSync: jobs.triggerGoogleImagesProcessing,
    pictures: createPictures({ library, sources, store, cloud }),
    records: createMediaRecords(library, describe, { engineRoom, runRecord }),
    engineEndpoint: engineRoom.serveEndpoint,
    pageFolder: config.pageFolder,
    report,
  }

  return {
    library,
    imports,
    tables,
    handlers,
    subscribe: feed.subscribe,
    /** Says an event to everybody who listens. */
    say: feed.say,
    serverParts,

    /** Starts the engine; what was running when the program last ended goes on. */
    async start(): Promise<void> {
      await jobs.sweepIncoming()
      const isResumed = await engineRoom.start().catch(cause => {
        throw explainLibraryFault(cause)
      })
      stopComparing = comparing.watch(report)
      if (!isResumed) return sendUnfinished()
      await sendUnfinishedLanes()
      // The engine's memory may lag behind the library's after a power cut: what it does not know of is sent again.
      engineRoom
        .idle(jobs.importFunctions)
        .then(() => imports.sendUnfinished())
        .catch(report)
    },

    /** Steps under way finish; everything else goes on at the next start. */
    async stop(): Promise<void> {
      isStopping = true
      // In reverse, and all of them, also where one fails.
      const rooms = new AsyncDisposableStack()
      rooms.defer(() => library.close())
      rooms.defer(() => feed.stop())
      rooms.defer(() => imaging.close())
      rooms.defer(() => sidecars.stop())
      rooms.defer(() => cloud.close())
      rooms.defer(() => describing.settle())
      rooms.defer(() => runRecord.close())
      rooms.defer(() => engineRoom.stop())
      rooms.defer(() => describing.stopTaking())
      rooms.defer(() => jobs.stop())
      rooms.defer(() => stopComparing())
      rooms.defer(() => sidecarReading.cancel())
      rooms.defer(() => exporting.cancel())
      rooms.defer(() => tables.close())
      await rooms.disposeAsync()
    },
  }
}
