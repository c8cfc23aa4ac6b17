import type { Artwork, ArtworkStatus } from '../../../../shared/artworks.ts'
import { writeName } from '../../../../shared/find/write.ts'
import { useCall } from '../../lib/api.ts'
import { changeArtwork } from '../../lib/artworks.ts'
import { useCommands } from '../../lib/commands.ts'
import { go, homeRoute } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { CopiesSection } from './copies/copies-section.tsx'
import { EditedField } from './edited-field.tsx'
import { type FieldKind, fieldKinds, type Usual } from './fields.ts'
import { goToSeries } from './series-line.tsx'
import { ShownPictures } from './shown-pictures.tsx'
import { StatusRow } from './status-select.tsx'

/** The pictures of a work, all that is said of it, and its copies. */
export function Work({ artwork, usual }: { artwork: Artwork; usual: Usual }) {
  const { id, title } = artwork
  const series = useCall('series.list', {})
  const waiting = fieldKinds.filter(kind => artwork.sources[kind.name])
  const confirm = (kinds: readonly FieldKind[]): void => {
    const what = kinds.length === 1 ? kinds[0]?.label.toLowerCase() : 'all that was proposed'
    void changeArtwork('artworks.confirm', { id, fields: kinds.map(kind => kind.name) }, `Confirmed ${what}.`)
  }
  const setStatus = (status: ArtworkStatus): void =>
    void changeArtwork('artworks.update', { id, fields: { status } }, `Changed the status of “${title}”.`)
  const showPictures = (): void =>
    go({ ...homeRoute, filter: { text: `artwork:${writeName(artwork.inventoryNumber)}` } })
  useCommands([
    { id: 'artwork.pictures', title: 'Show its pictures in the library', group: 'Artwork', run: showPictures },
    {
      id: 'artwork.series',
      title: 'Show all of its series',
      group: 'Artwork',
      isAvailable: () => artwork.seriesId !== null,
      run: () => artwork.seriesId !== null && goToSeries(artwork.seriesId),
    },
    {
      id: 'artwork.confirm',
      title: 'Confirm the next field',
      group: 'Artwork',
      keys: ['Y'],
      isAvailable: () => waiting.length > 0,
      run: () => confirm(waiting.slice(0, 1)),
    },
    {
      id: 'artwork.confirm-all',
      title: 'Confirm all fields',
      group: 'Artwork',
      keys: ['Shift+Y'],
      isAvailable: () => waiting.length > 0,
      run: () => confirm(waiting),
    },
  ])
  return (
    <div className="artwork-columns">
      <ShownPictures
        pictures={artwork.media}
        onRole={(mediaId, role) =>
          void changeArtwork('artworks.setRole', { id, mediaId, role }, `Changed a picture of “${title}”.`)
        }
        onOrder={mediaIds =>
          void changeArtwork('artworks.reorder', { id, mediaIds }, `Ordered the pictures of “${title}”.`)
        }
        onRemove={mediaId =>
          void changeArtwork('artworks.removeMedia', { id, mediaIds: [mediaId] }, `Took a picture from “${title}”.`)
        }
        onOpen={openId => go({ ...homeRoute, openId })}
      />
      <div className="artwork-fields">
        {fieldKinds.map(kind => (
          <EditedField
            key={kind.name}
            kind={kind}
            artwork={artwork}
            usual={usual}
            isNext={kind === waiting[0]}
            offers={kind.name === 'series' ? (series.data?.map(({ name }) => name) ?? []) : undefined}
            onConfirm={() => confirm([kind])}
          />
        ))}
        <StatusRow status={artwork.status} onChange={artwork.copies.length > 0 ? undefined : setStatus} />
        <div className="artwork-foot">
          {artwork.seriesId !== null && (
            <Button onClick={() => goToSeries(artwork.seriesId as number)}>All of “{artwork.series}”</Button>
          )}
          <Button onClick={showPictures}>Its pictures in the library</Button>
        </div>
      </div>
      {artwork.edition && <CopiesSection artwork={artwork} edition={artwork.edition} usual={usual} />}
    </div>
  )
}
