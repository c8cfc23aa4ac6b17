import { useState } from 'react'
import { useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { MediaDetail, MediaFile, MediaId } from '../../lib/contract.ts'
import { currentMedia } from '../../lib/current-media.ts'
import { driveFileAddress, isOpenInDrive, openInDrive, showFile } from '../../lib/files.ts'
import { formatMoment, plural } from '../../lib/format.ts'
import { hostNow, useHost } from '../../lib/host.ts'
import { routeNow } from '../../lib/route.ts'
import { isOfDrive, whereIs } from '../../lib/sources.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from './section.tsx'
import './files.css'

/** The open picture, else the one the keys are on. */
const current = (): MediaId | null => routeNow().openId ?? currentMedia.get().focusedId

/** Keys that lead from a picture to its file. */
export function useFileCommands(): void {
  const overview = useCall('library.overview', {})
  const hasDrive = overview.data?.folders.some(isOfDrive) ?? false
  const command = (id: string, title: string, key: string, isPossible: () => boolean, run: (id: MediaId) => void) => ({
    id: `picture.${id}`,
    title,
    group: 'Picture' as const,
    keys: [key],
    isAvailable: () => isPossible() && routeNow().screen === 'library' && current() !== null,
    run: () => {
      const media = current()
      if (media !== null) run(media)
    },
  })
  useCommands([
    command('show', 'Show in folder', 'O', () => hostNow()?.canShowInFolder ?? false, showFile),
    command(
      'drive',
      'Open in Google Drive',
      'Shift+O',
      () => hasDrive,
      id => void openInDrive(id),
    ),
  ])
}

/** So many are seen at once. */
const shownFirst = 4

/** Every file that is this picture, and the way to it. */
export function Files({ media: { id, files } }: { media: Pick<MediaDetail, 'id' | 'files'> }) {
  const [wholeOf, setWholeOf] = useState<MediaId | null>(null)
  if (files.length === 0) return null
  const shown = wholeOf === id ? files : files.slice(0, shownFirst)
  return (
    <Section title={files.length === 1 ? 'File' : `${plural(files.length, 'file')} with the same bytes`}>
      <ul className="media-files">
        {shown.map(file => (
          <FileItem key={file.id} mediaId={id} file={file} />
        ))}
      </ul>
      {shown.length < files.length && (
        <Button kind="quiet" className="media-files-more" onClick={() => setWholeOf(id)}>
          Show all {plural(files.length, 'file')}
        </Button>
      )}
    </Section>
  )
}

function FileItem({ mediaId, file }: { mediaId: MediaId; file: MediaFile }) {
  const canShow = useHost()?.canShowInFolder ?? false
  const { path, folder, missingSince } = file
  const where = isOfDrive(file) ? `${folder.name}, ${whereIs({ ...file, path: folder.path })}` : folder.path
  return (
    <li>
      <span className="selectable">{path}</span>
      <span className="quiet selectable">{where}</span>
      {missingSince !== null && (
        <span className="media-file-missing">
          <Icon name="missing" size={12} />
          Missing since {formatMoment(missingSince)}
        </span>
      )}
      {missingSince === null && !isOfDrive(file) && canShow && (
        <Button kind="quiet" icon="folder" title="Show in folder (O)" onClick={() => showFile(mediaId, file.id)}>
          Show in folder
        </Button>
      )}
      {isOpenInDrive(file) && (
        <a className="button is-quiet" href={driveFileAddress(file.sourceId)} target="_blank" rel="noreferrer">
          <Icon name="drive" />
          <span className="button-text">Open in Drive</span>
        </a>
      )}
    </li>
  )
}
