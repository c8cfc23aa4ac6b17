import { availableParallelism } from 'node:os'
import type { ClientOptions, InngestFunction, Middleware } from 'inngest'
import { sweepIncoming } from './activities/incoming.ts'
import { createActivities } from './activities/index.ts'
import { createJobClient, type JobClient } from './client.ts'
import { createComparing } from './comparing/comparing.ts'
import { createAutomatic } from './describing/automatic.ts'
import { createDescribing } from './describing/describing.ts'
import { createDriveRequests } from './drive-requests.ts'
import { diagnose } from './failures.ts'
import { createDescribePictures } from './functions/describe-pictures.ts'
import { createEmbedDescriptions } from './functions/embed-descriptions.ts'
import { createFinishImport } from './functions/finish-import.ts'
import { createImportFile } from './functions/import-file.ts'
import { createImportFolder } from './functions/import-folder.ts'
import { createMoveOriginals } from './functions/move-originals.ts'
import { createProcessGoogleImages } from './functions/process-google-images.ts'
import { createSendOriginals } from './functions/send-originals.ts'
import { createSyncWatchedFolders } from './functions/sync-watched-folders.ts'
import { createImports } from './imports.ts'
import { createOriginalsAtWork } from './originals/at-work.ts'
import { createMoves } from './originals/moves.ts'
import { createSending } from './originals/sending.ts'
import { createOutbox } from './outbox.ts'
import type { JobRooms } from './rooms.ts'
import { createRunControl } from './runs.ts'
import { createSealing } from './sealing.ts'

export type { EmbedderRoom } from './comparing/embedder.ts'
export type { Describing } from './describing/describing.ts'
export type { Models, RecipeChoice } from './describing/models.ts'
export { mayGoOn } from './describing/prices.ts'
export type { Imports } from './imports.ts'
export { whyTaken } from './originals/claim.ts'
export { createProgress, createRates } from './progress.ts'
export type { Cloud, JobRooms } from './rooms.ts'
export type { RunControl } from './runs.ts'

export interface JobsOptions {
  /** Sees what functions do; see `RunRecord`. */
  recording: Middleware.Class
  /** Where unexpected errors end. */
  report(error: unknown): void
}

/** The functions, for whatever engine runs them, and what a person can ask of them. */
export function createJobs(rooms: JobRooms, { recording, report }: JobsOptions) {
  const door = createOutbox()
  const { outbox } = door
  const imports = createImports(rooms, outbox)
  const sealing = createSealing()
  const driveRequests = createDriveRequests(outbox, sealing)
  const sending = createSending(rooms, outbox)
  const moves = createMoves(rooms, outbox)
  const atWork = createOriginalsAtWork(rooms)
  const describing = createDescribing(rooms, outbox)
  const automatic = createAutomatic(rooms)
  const comparing = createComparing(rooms, outbox)
  const activities = createActivities({
    rooms,
    imports,
    driveRequests,
    sealing,
    sending,
    atWork,
    describing,
    automatic,
    comparing,
  })

  let current: JobClient | undefined

  /**
   * Inngest's client and the functions, for one engine.
   * @param engineOptions `JobEngine.clientOptions`
   * @param isDiscreet the engine is outside of this process: it is told that something failed, and not why.
   */
  function appFor(engineOptions: Partial<ClientOptions>, isDiscreet: boolean) {
    const client: JobClient = createJobClient(engineOptions, {
      recording,
      isDiscreet,
      report(error) {
        // What is still under way of an engine that was let go is done again by the next.
        if (client === current) standStill(error).catch(report)
      },
    })
    current = client
    const functions: InngestFunction.Any[] = [
      createImportFolder(client, activities),
      createImportFile(client, activities, filesAtOnce()),
      createFinishImport(client, activities),
      createProcessGoogleImages(client, activities),
      createSyncWatchedFolders(client, activities),
      createSendOriginals(client, activities),
      createMoveOriginals(client, activities),
      createDescribePictures(client, activities),
      createEmbedDescriptions(client, activities),
    ]
    return { client, functions }
  }

  /** What has to be written cannot be: every import and every run stands still, and says why. Any other error is only reported. */
  async function standStill(cause: unknown): Promise<void> {
    const diagnosis = diagnose(cause)
    if (diagnosis.kind !== 'halt') return report(cause)
    for (const sync of rooms.library.syncs.active()) await imports.halt(sync.id, diagnosis.message)
    for (const run of rooms.library.analysis.runs.active()) describing.halt(run.id, diagnosis.message)
  }

  return {
    appFor,
    /** Where events go. */
    door,
    runs: createRunControl({
      library: rooms.library,
      imports,
      driveRequests,
      describing,
      comparing,
      sending,
      moves,
      outbox,
    }),
    /** What works on imports, by their ids. */
    importFunctions: ['import-folder', 'import-file', 'finish-import'],
    imports,
    sending,
    moves,
    /** Bytes a second; null while it does not work. */
    paces: {
      sending: atWork.sendingPace.bytesPerSecond,
      moving: atWork.movingPace.bytesPerSecond,
    },
    describing,
    comparing,
    standStill,
    sweepIncoming: () => sweepIncoming(rooms),
    /** Has a folder of Google Drive brought in, or what changed in it. */
    triggerGoogleImagesProcessing: driveRequests.ask,
    /** To an engine that may not know of them. */
    sendDriveRequests: driveRequests.sendUnfinished,
    /** Steps that would go on for a while end soon, for another engine to take over; `sendUnfinished` of each lane sets it going again. */
    letGo(): void {
      current = undefined
      sending.letGo()
      moves.letGo()
      describing.letGo()
      comparing.letGo()
      driveRequests.letGo()
    },
    /** Originals on their way are left as they are, so that the engine need not wait for a network. */
    stop: atWork.stop,
  }
}

/** Twice the cores: while as many pictures as there are cores are decoded, as many others are read and recorded. */
function filesAtOnce(): number {
  return availableParallelism() * 2
}
