import type { Activities } from '../activities/index.ts'
import type { JobClient } from '../client.ts'
import { fileFound, importRequested, syncDrained, syncEnded, syncHalted } from '../events.ts'

/** Pages one run lists before it hands over to the next, so that no run has many hundred steps to replay. */
const pagesPerRun = 100

/** Lists a folder page by page and sends an event for each file that has to be read. */
export function createImportFolder(client: JobClient, activities: Activities) {
  return client.createFunction(
    {
      id: 'import-folder',
      triggers: [importRequested],
      cancelOn: [{ event: syncHalted, match: 'data.syncId' }],
      retries: 3,
      onFailure: async ({ event, error, step }) => {
        const { syncId } = event.data.event.data
        const failed = await step.run('fail-sync', () => activities.failSync(syncId, error))
        if (failed) await step.sendEvent('say-ended', syncEnded.create({ syncId, root: failed.root }))
      },
    },
    async ({ event, step }) => {
      const { syncId, generation, part } = event.data
      // A later page may tell of a file again, when it changed meanwhile.
      const fileEvents = (fileIds: number[], found: number | 'before') =>
        fileIds.map(fileId =>
          fileFound.create({ syncId, fileId }, { id: `file-${fileId}-${syncId}-${generation}-${found}` }),
        )

      // Seen first: a page that a halted run still records meanwhile is then answered by its own step below.
      const begun = await step.run('see-progress', () => activities.progressOf(syncId))

      // After a pause or a lost engine, what was found before goes first.
      let resentUpTo = generation > 0 && part === 0 ? 0 : null
      while (resentUpTo !== null) {
        const after: number = resentUpTo
        const fileIds = await step.run(`find-unfinished-${after}`, () => activities.pendingFiles(syncId, after))
        if (fileIds.length > 0) await step.sendEvent(`send-unfinished-${after}`, fileEvents(fileIds, 'before'))
        resentUpTo = fileIds.at(-1) ?? null
      }

      for (let page = begun.page; !begun.isListed; page++) {
        if (page === begun.page + pagesPerRun) {
          const next = importRequested.create(
            { syncId, generation, part: part + 1 },
            { id: `import-${syncId}-${generation}-${part + 1}` },
          )
          return step.sendEvent('hand-over', next)
        }
        const { fileIds, isLast } = await step.run(`list-page-${page}`, () => activities.listPage(syncId, page))
        if (fileIds.length > 0) await step.sendEvent(`send-page-${page}`, fileEvents(fileIds, page))
        if (isLast) break
      }

      // Nothing had to be read, or everything was read while the last page was listed.
      const isDrained = await step.run('see-if-drained', () => activities.isDrained(syncId))
      if (isDrained) await step.sendEvent('say-drained', syncDrained.create({ syncId }))
      return { syncId }
    },
  )
}
