import { CallFailed } from '../../shared/contract.ts'
import type { App } from '../app.ts'
import { printable } from './program.ts'

/** @param which number, name or path */
export async function folderIdOf(app: App, which: string): Promise<number> {
  const { folders } = await app.handlers['library.overview']({})
  const found = folders.filter(({ id, name, path }) => [String(id), name, path].includes(which))
  const [folder] = found
  if (!folder) throw new CallFailed('not-found', `The library has no folder ${printable(which)}.`)
  if (found.length > 1) {
    throw new CallFailed(
      'bad-input',
      `Several folders are named so: give one of ${found.map(({ path }) => path).join(', ')}.`,
    )
  }
  return folder.id
}
