import { FileRefused, SourceUnavailable } from '../port.ts'

export const folderType = 'application/vnd.google-apps.folder'
export const shortcutType = 'application/vnd.google-apps.shortcut'

export interface DriveRoot {
  accountId: number
  folderId: string
}

const idPattern = /^[A-Za-z0-9_-]{1,200}$/

/** A root is `<account id>/<Drive folder id>`. @throws {SourceUnavailable} */
export function parseRoot(root: string): DriveRoot {
  const [, account, folderId] = /^(\d{1,15})\/([^/]*)$/.exec(root) ?? []
  if (account === undefined || folderId === undefined || !idPattern.test(folderId)) {
    throw new SourceUnavailable(`“${root}” does not name a folder of Google Drive.`)
  }
  return { accountId: Number(account), folderId }
}

export function formatRoot({ accountId, folderId }: DriveRoot): string {
  return `${accountId}/${folderId}`
}

/** Only what can be an id reaches a URL or a query. @throws {FileRefused} */
export function assertFileId(sourceId: string): void {
  if (!idPattern.test(sourceId)) throw new FileRefused('vanished', 'It is no file of Google Drive.')
}

/** Drive allows `/` in a name; in a path it is U+2215, which looks the same. */
export function joinPath(folderPath: string, name: string): string {
  const part = name.replaceAll('/', '∕')
  return folderPath === '' ? part : `${folderPath}/${part}`
}

/** A string in a query: `\` and `'` are escaped. */
export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
