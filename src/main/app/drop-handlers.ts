import { basename } from 'node:path'
import { CallFailed, type Handlers, type Output } from '../../shared/contract.ts'
import type { SyncId } from '../../shared/syncs.ts'
import type { Imports } from '../jobs/index.ts'
import type { Library } from '../library/index.ts'
import { type DropGroups, SourceUnavailable } from '../sources/index.ts'

export interface DropHandlerParts {
  library: Library
  imports: Imports
  /** What is to be imported of these paths, where folders with these roots have been. */
  sortDropped(paths: readonly string[], roots: readonly string[]): Promise<DropGroups>
}

type Result = Output<'files.import'>

/** What the app answers when a person drops files and folders, or names several in the terminal. */
export function createDropHandlers(parts: DropHandlerParts): Pick<Handlers, 'files.import'> {
  const { library, imports, sortDropped } = parts

  return {
    'files.import': async ({ paths, copyOriginals }) => {
      const { folders, files, refused } = await sortDropped(paths, library.folders.roots('folder'))
      const syncIds = new Set<SyncId>()
      /** One folder that cannot be listed does not hold up the others. */
      const begin = async (given: string[], start: () => Promise<SyncId>): Promise<void> => {
        try {
          syncIds.add(await start())
        } catch (cause) {
          if (!(cause instanceof SourceUnavailable)) throw cause
          refused.push(...given.map(path => ({ path, reason: cause.message })))
        }
      }
      for (const { path, root } of folders) await begin([path], () => imports.start('folder', root, copyOriginals))
      for (const { root, sourceIds, paths } of files)
        await begin(paths, () => imports.startChosen('folder', root, sourceIds, copyOriginals))
      if (syncIds.size === 0) throw new CallFailed('folder-unavailable', nothingSentence(refused))
      return { syncIds: [...syncIds], refused }
    },
  }
}

const namedMax = 3

/** "Nothing was imported. notes.txt: Not a kind of picture or video Burg Ink reads yet. Choose …" */
function nothingSentence(refused: Result['refused']): string {
  const named = refused.slice(0, namedMax).map(({ path, reason }) => `${basename(path) || path}: ${reason}`)
  const more = refused.length - named.length
  const others = more > 0 ? ` So it is with ${more} more.` : ''
  return `Nothing was imported. ${named.join(' ')}${others} Choose pictures, or folders that hold some.`
}
