import type { Sync } from './contract.ts'
import { plural } from './format.ts'

/** What an import is of: "Scans", or "3 files of Scans". */
export function syncTitle({ folderName, chosenCount }: Pick<Sync, 'folderName' | 'chosenCount'>): string {
  return chosenCount === null ? folderName : `${plural(chosenCount, 'file')} of ${folderName}`
}
