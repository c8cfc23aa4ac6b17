import { setTimeout } from 'node:timers/promises'
import type { Library } from '../library/index.ts'
import type { MediaSource } from '../sources/index.ts'

/** A disk that answers nothing for so long is as good as gone. */
const patienceMs = 2000

/** Which imported folders of this computer are not there. Answers the numbers of the folders. */
export function createAbsentFolders(
  { folders }: Pick<Library, 'folders'>,
  { kind, resolveRoot }: Pick<MediaSource, 'kind' | 'resolveRoot'>,
) {
  // Never a second question to a disk that has not answered the first: each holds a thread until it does.
  const asked = new Map<string, Promise<boolean>>()

  function isThere(root: string): Promise<boolean> {
    const underWay = asked.get(root)
    if (underWay) return underWay
    const looking = resolveRoot(root)
      .then(
        resolved => resolved.root === root,
        () => false,
      )
      .finally(() => asked.delete(root))
    asked.set(root, looking)
    return looking
  }

  return async (): Promise<number[]> => {
    const tooLate = setTimeout(patienceMs, false, { ref: false })
    const looked = folders
      .list()
      .filter(({ source }) => source === kind)
      .map(async ({ id, path }) => ({ id, isThere: await Promise.race([isThere(path), tooLate]) }))
    return (await Promise.all(looked)).filter(folder => !folder.isThere).map(({ id }) => id)
  }
}
