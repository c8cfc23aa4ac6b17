import type { Folder, Output } from './contract.ts'
import { driveRootOf } from './sources.ts'

type SourceAccount = Output<'library.overview'>['accounts'][number]

/** Where pictures come from, with what was imported of it. */
export interface SourceGroup {
  key: string
  name: string
  /** Null: this computer, or a Drive that is not connected any more. */
  account: SourceAccount | null
  isOfDrive: boolean
  folders: Folder[]
}

/** This computer, each account, and what is left of accounts that are gone. What has nothing to show is left out. */
export function sourceGroups(folders: readonly Folder[], accounts: readonly SourceAccount[]): SourceGroup[] {
  const accountOf = (folder: Folder) => accounts.find(({ id }) => id === driveRootOf(folder)?.accountId)
  const ofDisk = folders.filter(folder => driveRootOf(folder) === null)
  const left = folders.filter(folder => driveRootOf(folder) !== null && !accountOf(folder))
  const groups: SourceGroup[] = [
    { key: 'disk', name: 'This computer', account: null, isOfDrive: false, folders: ofDisk },
    ...accounts.map(account => ({
      key: `account-${account.id}`,
      name: account.email,
      account,
      isOfDrive: true,
      folders: folders.filter(folder => accountOf(folder) === account),
    })),
    { key: 'left', name: 'Drive, not connected', account: null, isOfDrive: true, folders: left },
  ]
  return groups.filter(group => group.account !== null || group.folders.length > 0)
}
