import { useState } from 'react'
import type { Artwork } from '../../../../shared/artworks.ts'
import { messageOf, useCall } from '../../lib/api.ts'
import { changeArtwork, goBackToArtworks } from '../../lib/artworks.ts'
import { useCommands } from '../../lib/commands.ts'
import { go, homeRoute } from '../../lib/route.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldRow } from './field-row.tsx'
import { type FieldKind, fieldKinds, readField, type Usual } from './fields.ts'
import { ShownPictures } from './shown-pictures.tsx'
import { StatusRow } from './status-select.tsx'

/** One work: its pictures, and all that is said of it, to be changed in its place. */
export function ArtworkPage({ id }: { id: number }) {
  const artwork = useCall('artworks.get', { id })
  const settings = useCall('settings.get', {})
  useCommands([
    { id: 'artwork.back', title: 'All artworks', group: 'Artwork', keys: ['Escape'], run: goBackToArtworks },
  ])
  const { data, error } = artwork
  return (
    <main className="artworks">
      <header className="top-bar">
        <IconButton icon="previous" label="All artworks (Esc)" onClick={goBackToArtworks} />
        <h1>{error ? 'Artwork' : data?.title}</h1>
        {!error && <span className="quiet">{data?.inventoryNumber}</span>}
        <span className="top-bar-gap" />
        {data && !error && <Delete artwork={data} />}
      </header>
      <div className="artworks-content">
        {error && (
          <EmptyState
            icon="failed"
            title="This artwork could not be shown"
            action={<Button onClick={goBackToArtworks}>All artworks</Button>}
          >
            {messageOf(error)}
          </EmptyState>
        )}
        {data && settings.data && !error && <Work key={id} artwork={data} usual={settings.data} />}
      </div>
    </main>
  )
}

function Delete({ artwork }: { artwork: Artwork }) {
  const remove = async (): Promise<void> => {
    const told = `Deleted the artwork “${artwork.title}”. Its pictures stay.`
    if (await changeArtwork('artworks.delete', { id: artwork.id }, told)) goBackToArtworks()
  }
  useCommands([
    {
      id: 'artwork.delete',
      title: 'Delete this artwork',
      group: 'Artwork',
      keys: ['Delete'],
      run: () => void remove(),
    },
  ])
  return (
    <Button kind="quiet" title="Delete this artwork; its pictures stay (Delete)" onClick={() => void remove()}>
      Delete
    </Button>
  )
}

function Work({ artwork, usual }: { artwork: Artwork; usual: Usual }) {
  const { id, title } = artwork
  const series = useCall('series.list', {})
  const waiting = fieldKinds.filter(kind => artwork.sources[kind.name])
  const confirm = (kinds: readonly FieldKind[]): void => {
    const what = kinds.length === 1 ? kinds[0]?.label.toLowerCase() : 'all that was proposed'
    void changeArtwork('artworks.confirm', { id, fields: kinds.map(kind => kind.name) }, `Confirmed ${what}.`)
  }
  useCommands([
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
        <StatusRow
          status={artwork.status}
          onChange={status =>
            void changeArtwork('artworks.update', { id, fields: { status } }, `Changed the status of “${title}”.`)
          }
        />
        {artwork.seriesId !== null && (
          <div className="artwork-foot">
            <Button
              onClick={() =>
                go({
                  screen: 'artworks',
                  artworks: { kind: 'list', filter: { seriesId: artwork.seriesId as number }, sort: 'newest' },
                })
              }
            >
              All of “{artwork.series}”
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}

interface EditedFieldProps {
  kind: FieldKind
  artwork: Artwork
  usual: Usual
  isNext: boolean
  offers: readonly string[] | undefined
  onConfirm: () => void
}

/** Saved when it is left or on Enter; what cannot be read stays, with what to write instead. */
function EditedField({ kind, artwork, usual, isNext, offers, onConfirm }: EditedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const saved = kind.write(artwork)
  const text = typed ?? saved
  const reading = readField(kind, text, usual)
  const end = (): void => {
    if (typed === null || !reading.ok) return
    if (typed.trim() === saved) {
      setTyped(null)
      return
    }
    const told = `Changed the ${kind.label.toLowerCase()} of “${artwork.title}”.`
    // Shown until the answer is there, and left to be mended where it was refused.
    void changeArtwork('artworks.update', { id: artwork.id, fields: reading.value }, told).then(
      isDone => isDone && setTimeout(() => setTyped(now => (now === typed ? null : now)), 0),
    )
  }
  return (
    <FieldRow
      kind={kind}
      text={text}
      error={typed !== null && !reading.ok ? reading.error : null}
      source={artwork.sources[kind.name]}
      isNext={isNext}
      {...(offers && { offers })}
      onText={setTyped}
      onEnd={end}
      onCancel={() => {
        setTyped(null)
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      }}
      onConfirm={onConfirm}
    />
  )
}
