import { isOfDrive } from '../../../shared/syncs.ts'
import type { Folder } from './contract.ts'
import { formatMoment } from './format.ts'

export { isOfDrive }

const sourceNames: Record<string, string> = { folder: 'Folders', google_drive: 'Google Drive', upload: 'Uploads' }
export const nameOfSource = (source: string): string => sourceNames[source] ?? source

/** A folder of Drive has `<account id>/<Drive folder id>` for its path. */
export function driveRootOf(folder: Pick<Folder, 'source' | 'path'>): { accountId: number; folderId: string } | null {
  if (!isOfDrive(folder)) return null
  const [, account, folderId] = /^(\d+)\/(.+)$/.exec(folder.path) ?? []
  return account && folderId ? { accountId: Number(account), folderId } : null
}

/** Where a folder is, for a person: its path, or whose Drive it is in. */
export function whereIs(folder: Pick<Folder, 'source' | 'path'> & { account: { email: string } | null }): string {
  if (!isOfDrive(folder)) return folder.path
  return folder.account ? `Google Drive of ${folder.account.email}` : 'Google Drive, not connected any more'
}

const minuteMs = 60_000

/** "just now", "12 min ago", then the moment itself. */
export function formatAgo(iso: string, nowMs: number): string {
  const minutes = Math.floor((nowMs - Date.parse(iso)) / minuteMs)
  if (minutes < 1) return 'just now'
  return minutes < 60 ? `${minutes} min ago` : formatMoment(iso)
}
