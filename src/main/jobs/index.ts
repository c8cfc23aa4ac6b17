import { availableParallelism } from 'node:os'
import type { ClientOptions, InngestFunction } from 'inngest'
import { sweepIncoming } from './activities/incoming.ts'
import { createActivities } from './activities/index.ts'
import { createJobClient } from './client.ts'
import { createComparing } from './comparing/comparing.ts'
import { createAutomatic } from './describing/automatic.ts'
import { createDescribing } from './describing/describing.ts'
import { googleImagesRequested } from './events.ts'
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
import type { JobRooms } from './rooms.ts'
import { accessPurpose, createSealing } from './sealing.ts'

export type { EmbedderRoom } from './comparing/embedder.ts'
export type { Describing } from './describing/describing.ts'
export type { Models, RecipeChoice } from './describing/models.ts'
export { mayGoOn } from './describing/prices.ts'
export type { Imports } from './imports.ts'
export { whyTaken } from './originals/claim.ts'
export { createProgress, createRates } from './progress.ts'
export type { Cloud, JobRooms } from './rooms.ts'

/**
 * The Inngest client, its functions, and what a person can ask of them.
 * @param engineOptions `JobEngine.clientOptions`
 * @param report where unexpected errors end.
 */
export function createJobs(rooms: JobRooms, engineOptions: Partial<ClientOptions>, report: (error: unknown) => void) {
  const client = createJobClient(engineOptions, error => void standStill(error).catch(report))
  const imports = createImports(rooms, client)
  const sealing = createSealing()
  const sending = createSending(rooms, client)
  const moves = createMoves(rooms, client)
  const atWork = createOriginalsAtWork(rooms)
  const describing = createDescribing(rooms, client)
  const automatic = createAutomatic(rooms)
  const comparing = createComparing(rooms, client)
  const activities = createActivities({ rooms, imports, sealing, sending, atWork, describing, automatic, comparing })
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

  /**
   * Has a folder of Google Drive brought in, or what changed in it. `folderId` is Google's.
   * @param accessToken opens the folder where no account is connected that does. It serves this one request, is sealed
   *   before it leaves this process, and ends with it.
   * @returns the id of the event, at once.
   */
  async function triggerGoogleImagesProcessing(
    userId: number,
    folderId: string,
    accessToken?: string,
  ): Promise<string> {
    const access = accessToken && { accessToken: sealing.seal(accessToken, accessPurpose(userId, folderId)) }
    const { ids } = await client.send(googleImagesRequested.create({ userId, folderId, ...access }))
    return ids[0] as string
  }

  /** What has to be written cannot be: every import and every run stands still, and says why. Any other error is only reported. */
  async function standStill(cause: unknown): Promise<void> {
    const diagnosis = diagnose(cause)
    if (diagnosis.kind !== 'halt') return report(cause)
    for (const sync of rooms.library.syncs.active()) await imports.halt(sync.id, diagnosis.message)
    for (const run of rooms.library.analysis.runs.active()) describing.halt(run.id, diagnosis.message)
  }

  return {
    client,
    functions,
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
    triggerGoogleImagesProcessing,
    /** Originals on their way are left as they are, so that the engine need not wait for a network. */
    stop: atWork.stop,
  }
}

/** Twice the cores: while as many pictures as there are cores are decoded, as many others are read and recorded. */
function filesAtOnce(): number {
  return availableParallelism() * 2
}
