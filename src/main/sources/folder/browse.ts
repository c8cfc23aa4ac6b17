import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Output } from '../../../shared/contract.ts'
import { SourceUnavailable } from '../port.ts'
import { extensionOf, folderVerdict, mediaExtensions } from '../verdicts.ts'
import { resolveRoot } from './root.ts'

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/**
 * The folders inside one, for a person who picks a folder; without a path, inside home. Links to folders are shown: a
 * folder picked by a link is imported from where it really is.
 * @throws {SourceUnavailable} with a sentence for the person.
 */
export async function browseFolder(path: string = homedir()): Promise<Output<'folder.browse'>> {
  const { root } = await resolveRoot(path)
  const entries = await readdir(root, { withFileTypes: true }).catch(cause => {
    throw new SourceUnavailable(`The folder ${root} cannot be read.`, { cause })
  })
  const shown = entries.filter(entry => folderVerdict(entry.name) === null && !entry.name.includes('\uFFFD'))
  const areFolders = await Promise.all(
    shown.map(entry => entry.isDirectory() || (entry.isSymbolicLink() && leadsToFolder(join(root, entry.name)))),
  )
  return {
    path: root,
    parent: dirname(root) === root ? null : dirname(root),
    folders: shown
      .filter((_, index) => areFolders[index])
      .map(entry => ({ name: entry.name, path: join(root, entry.name) }))
      .sort((a, b) => byName.compare(a.name, b.name)),
    pictureCount: shown.filter(entry => entry.isFile() && mediaExtensions.has(extensionOf(entry.name))).length,
  }
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}
