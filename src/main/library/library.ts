import { accessSync, constants, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createAccounts } from './accounts.ts'
import { createAnalysisBatches } from './analysis-batches.ts'
import { createAnalysisCounts } from './analysis-counts.ts'
import { createAnalysisRuns } from './analysis-runs.ts'
import { createAnalysisSettings } from './analysis-settings.ts'
import { createAnalysisTasks } from './analysis-tasks.ts'
import { createAnswers } from './answers.ts'
import { createArtworkCopies } from './artwork-copies.ts'
import { createArtworkDraft } from './artwork-draft.ts'
import { createArtworkLists } from './artwork-lists.ts'
import { createArtworks } from './artworks.ts'
import { createAsk } from './ask.ts'
import { checkInBackground } from './background-check.ts'
import { backUp, forgetJobs, listBackups, refuseEmptied } from './backups.ts'
import { type ChangeFeed, createChangeFeed } from './changes.ts'
import { createCharges } from './charges.ts'
import { createChosenFiles } from './chosen-files.ts'
import { createClaiming } from './claiming.ts'
import { createClosing } from './closing.ts'
import { createCollections } from './collections.ts'
import { createCommands } from './commands.ts'
import { createCopies } from './copies.ts'
import {
  type Db,
  migrate,
  openDatabase,
  openDatabaseForReading,
  refuseNewerSchema,
  schemaVersion,
  wholeCheckBytes,
} from './database.ts'
import { createDetail } from './detail.ts'
import { createEmbeddings } from './embeddings.ts'
import { createEndings } from './endings.ts'
import { LibraryUnavailable } from './errors.ts'
import { damagedWithWayOut, explained } from './explain.ts'
import { createFiles } from './files.ts'
import { createFiling } from './filing.ts'
import { createFolders } from './folders.ts'
import { createImporting } from './importing.ts'
import { type LibraryLayout, libraryLayout } from './layout.ts'
import { createLocations } from './locations.ts'
import { lockLibrary } from './lock.ts'
import { createMarks } from './marks.ts'
import { createMedia } from './media.ts'
import { migrations } from './migrations/index.ts'
import { createMoves } from './moves.ts'
import { createNamesakes } from './namesakes.ts'
import { createPictureHistory } from './picture-history.ts'
import { createPrompts } from './prompts.ts'
import { createRecording } from './recording.ts'
import { createRecordingAnswers } from './recording-answers.ts'
import { createRecords } from './records.ts'
import { createRefiling } from './refiling.ts'
import { createSendings } from './sendings.ts'
import { createSeries } from './series.ts'
import { createSettings } from './settings.ts'
import { createSidecars } from './sidecars.ts'
import { createSyncs } from './syncs.ts'
import { createViews } from './views.ts'
import { createWaitingMedia } from './waiting-media.ts'
import { createWords } from './words.ts'

const dayMs = 24 * 60 * 60 * 1000

/** The library for looking and working. Everything in it is one folder; see `layout.ts`. */
export type Library = Awaited<ReturnType<typeof openLibrary>>

/**
 * Opens or creates the library in `folder`: locked, checked, copied before it is migrated.
 * @throws {LibraryUnavailable} with what to do, and nothing changed.
 */
export async function openLibrary(folder: string) {
  const layout = libraryLayout(resolve(folder))
  prepareFolder(layout)
  let unlock = () => {}
  try {
    unlock = lockLibrary(layout)
    refuseEmptied(layout)
    const db = openDatabase(layout.database)
    try {
      await bringUpToDate(db, layout)
      const { refiling, ...rooms } = createRooms(db)
      return { layout, ...rooms, ...upkeep(db, layout, rooms.changes, unlock, refiling) }
    } catch (cause) {
      db.close()
      throw cause
    }
  } catch (cause) {
    unlock()
    throw explained(cause, layout)
  }
}

/** For looking only, also while another process works on the library. @throws {LibraryUnavailable} */
export function openLibraryForReading(folder: string) {
  const layout = libraryLayout(resolve(folder))
  try {
    const db = openDatabaseForReading(layout.database)
    const syncs = createSyncs(db, createChangeFeed())
    return { layout, records: createRecords(db), syncs, close: () => db.close() }
  } catch (cause) {
    throw explained(cause, layout)
  }
}

function createRooms(db: Db) {
  const changes = createChangeFeed()
  const filing = createFiling(db)
  const locations = createLocations(db, filing, changes)
  const files = createFiles(db)
  const syncs = createSyncs(db, changes)
  const waiting = createWaitingMedia(db)
  const endings = createEndings({ db, files, filing, waiting, changes })
  const media = createMedia(db, filing, changes)
  const copies = createCopies(db, changes)
  const analysis = createAnalysisRooms(db, media, changes)
  const refiling = createRefiling(db, filing, changes)
  const commands = createCommands(db, refiling, changes)
  const detail = createDetail(db)
  const settings = createSettings(db)
  const series = createSeries(db, commands)
  const words = createWords(db, commands)
  const marks = createMarks(db, commands)
  const artworks = createArtworks(db, commands, series, () => settings.get().inventoryPattern)
  return {
    changes,
    accounts: createAccounts(db, changes),
    /** The picture is complete and its file imported, together; and it joins a run that describes it, where one is given. */
    finish: db.transaction((fileId: number, mediaId: number, runId: number | null = null): void => {
      media.complete(mediaId)
      endings.endFile(fileId, 'imported')
      if (runId !== null) analysis.tasks.add(runId, [mediaId])
    }),
    analysis,
    folders: createFolders(db),
    files,
    syncs,
    chosenFiles: createChosenFiles({ db, syncs, changes }),
    recording: createRecording({ db, files, waiting, endings, locations, changes }),
    claiming: createClaiming({ db, files, waiting, endings, filing, locations }),
    endings,
    closing: createClosing({ db, syncs, locations }),
    media,
    copies,
    sendings: createSendings(db, changes),
    moves: createMoves(db, copies, changes),
    detail,
    hasNamesake: createNamesakes(db),
    records: createRecords(db),
    settings,
    embeddings: createEmbeddings(db),
    refiling,
    words,
    collections: createCollections(db, commands),
    views: createViews(db, commands),
    marks,
    sidecars: createSidecars(db, commands, { words: words.steps, mark: marks.mark }),
    history: commands.history,
    pictureHistory: createPictureHistory(db),
    artworks,
    tableImport: createImporting(db, commands, { artworks: artworks.steps, words: words.steps, mark: marks.mark }),
    artworkCopies: createArtworkCopies(db, commands),
    artworkLists: createArtworkLists(db),
    artworkDraft: createArtworkDraft(db, detail, () => analysis.settings.get().vocabulary),
    series,
  }
}

/** Describing pictures by a model. */
function createAnalysisRooms(db: Db, media: ReturnType<typeof createMedia>, changes: ChangeFeed) {
  const tasks = createAnalysisTasks(db, changes)
  const answers = createAnswers(db)
  const charges = createCharges(db, changes)
  charges.settleForgotten()
  return {
    settings: createAnalysisSettings(db),
    prompts: createPrompts(db),
    runs: createAnalysisRuns(db, changes),
    tasks,
    answers,
    charges,
    batches: createAnalysisBatches(db, tasks, charges),
    counts: createAnalysisCounts(db),
    ...createRecordingAnswers({ db, media, tasks, answers, charges }),
  }
}

function upkeep(db: Db, layout: LibraryLayout, changes: ChangeFeed, unlock: () => void, refiling: { stop(): void }) {
  const { ask, stop: stopAsking } = createAsk(layout.database)
  let copying: Promise<void> = Promise.resolve()
  let problem: string | null = null
  const check = isWholeCheckDue(layout) ? checkInBackground(layout.database) : null
  check?.problem.then(found => {
    if (found === null) markChecked(layout)
    if (!found) return
    problem = damagedWithWayOut(new LibraryUnavailable('damaged', found), layout).message
    changes.emit('library')
  })

  async function copyWhenDue(): Promise<void> {
    // A clock that was set back leaves copies of days to come: they are no reason to go without one until then.
    const newest = listBackups(layout).find(copy => copy.madeAt.getTime() <= Date.now())
    const isFresh = newest !== undefined && Date.now() - newest.madeAt.getTime() < dayMs
    // A copy of a damaged database would push out a sound one.
    if (!isFresh && problem === null) await backUp(db, layout, 'daily')
  }

  return {
    /** Questions that may look at many rows, answered beside the work. */
    ask,

    /** What the check of a large database has found since the start, for a person to read. */
    problem: () => problem,

    /** A copy of the database when the newest is older than a day. Called when work has ended. */
    backUpDaily(): Promise<void> {
      // One after the other: of two imports that end together the second finds the copy of the first.
      copying = copying.catch(() => {}).then(copyWhenDue)
      return copying
    },

    async close(): Promise<void> {
      refiling.stop()
      await stopAsking()
      await check?.stop()
      await copying.catch(() => {})
      db.close()
      unlock()
    },
  }
}

/** Reading all of a large database takes the disk from everything else, so once a day is enough; a small one was read just now. */
function isWholeCheckDue({ database, checkMark }: LibraryLayout): boolean {
  if (statSync(database).size <= wholeCheckBytes) return false
  const ageMs = existsSync(checkMark) ? Date.now() - statSync(checkMark).mtimeMs : dayMs
  return ageMs >= dayMs || ageMs < 0
}

/** Where there is no room for the mark, the next start checks again. */
function markChecked({ checkMark }: LibraryLayout): void {
  try {
    writeFileSync(checkMark, '')
  } catch {}
}

async function bringUpToDate(db: Db, layout: LibraryLayout): Promise<void> {
  refuseNewerSchema(db)
  const version = schemaVersion(db)
  // What a library before this one left to do goes by the numbers that this one's rows will have.
  if (version === 0) forgetJobs(layout)
  if (version > 0 && version < migrations.length) await backUp(db, layout, 'migration')
  migrate(db)
}

/** A folder of somebody else's files is not made into a library by mistake. */
function prepareFolder(layout: LibraryLayout): void {
  try {
    mkdirSync(layout.folder, { recursive: true })
    accessSync(layout.folder, constants.W_OK)
  } catch (cause) {
    throw new LibraryUnavailable(
      'read-only',
      `The library folder ${layout.folder} cannot be written. Check its permissions, or choose another place.`,
      { cause },
    )
  }
  const isStranger = !existsSync(layout.database) && !existsSync(layout.lock) && readdirSync(layout.folder).length > 0
  if (isStranger) {
    throw new LibraryUnavailable(
      'not-a-library',
      `${layout.folder} holds other files and no Burg Ink library. Choose an empty folder, or one that does not exist yet.`,
    )
  }
}
