import { queryClient, transport } from './api.ts'
import type { MediaFile, MediaId } from './contract.ts'
import { tell, tellFailure } from './notice.ts'
import { isOfDrive } from './sources.ts'

/** Shows a file of the picture in the folder it lies in: the first one that is there, where none is named. */
export function showFile(mediaId: MediaId, fileId?: number): void {
  transport.call('file.show', { mediaId, ...(fileId !== undefined && { fileId }) }).catch(tellFailure)
}

export function showFolder(folderId: number): void {
  transport.call('folder.show', { folderId }).catch(tellFailure)
}

/** Where a person sees the file in Google Drive. */
export const driveFileAddress = (id: string): string => `https://drive.google.com/file/d/${encodeURIComponent(id)}/view`

export const driveFolderAddress = (id: string): string =>
  `https://drive.google.com/drive/folders/${encodeURIComponent(id)}`

/** In the system's browser, where the program is no browser itself. */
export const openOutside = (address: string): void => void window.open(address, '_blank', 'noopener')

export async function openInDrive(id: MediaId): Promise<void> {
  try {
    const { files } = await queryClient.fetchQuery({
      queryKey: ['media.get', { id }],
      queryFn: () => transport.call('media.get', { id }),
    })
    const file = files.find(isOpenInDrive)
    if (file) openOutside(driveFileAddress(file.sourceId))
    else tell('No file of this picture is in Google Drive.')
  } catch (error) {
    tellFailure(error)
  }
}

export const isOpenInDrive = (file: MediaFile): boolean => isOfDrive(file) && file.missingSince === null
