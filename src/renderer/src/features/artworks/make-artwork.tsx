import { type FormEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { type ArtworkDraft, type ArtworkFields, artworkFieldsSchema } from '../../../../shared/artworks.ts'
import { messageOf, useCall } from '../../lib/api.ts'
import { createArtwork, goToArtwork } from '../../lib/artworks.ts'
import { useCommands } from '../../lib/commands.ts'
import type { MediaId } from '../../lib/contract.ts'
import { plural } from '../../lib/format.ts'
import { goToLibrary } from '../../lib/route.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { AddToArtwork } from './add-to-artwork.tsx'
import { FieldRow } from './field-row.tsx'
import { type FieldKind, fieldKinds, readField, type TextFieldName, type Usual } from './fields.ts'
import { ShownPictures } from './shown-pictures.tsx'
import { StatusRow } from './status-select.tsx'

/** What a work of these pictures would say, to be confirmed and made. */
export function MakeArtwork({ mediaIds }: { mediaIds: MediaId[] }) {
  const draft = useCall('artworks.propose', { mediaIds })
  const settings = useCall('settings.get', {})
  useCommands([
    { id: 'artwork.leave', title: 'Back without making it', group: 'View', keys: ['Escape'], run: goToLibrary },
  ])
  return (
    <main className="artworks">
      <header className="top-bar">
        <IconButton icon="previous" label="Back without making it (Esc)" onClick={goToLibrary} />
        <h1>Make an artwork</h1>
        <span className="quiet">of {plural(mediaIds.length, 'picture')}</span>
        <span className="top-bar-gap" />
        <AddToArtwork mediaIds={mediaIds} />
      </header>
      <div className="artworks-content">
        {draft.error && (
          <EmptyState icon="failed" title="Nothing could be proposed">
            {messageOf(draft.error)}
          </EmptyState>
        )}
        {draft.data && settings.data && <DraftForm key={mediaIds.join()} draft={draft.data} usual={settings.data} />}
      </div>
    </main>
  )
}

type Texts = Record<TextFieldName, string>

function textsOf(fields: ArtworkDraft['fields']): Texts {
  return Object.fromEntries(fieldKinds.map(kind => [kind.name, kind.write(fields as ArtworkFields)])) as Texts
}

function DraftForm({ draft, usual }: { draft: ArtworkDraft; usual: Usual }) {
  const [texts, setTexts] = useState(() => textsOf(draft.fields))
  const [sources, setSources] = useState(draft.sources)
  const [status, setStatus] = useState(draft.fields.status)
  const [media, setMedia] = useState(draft.media)
  const [isTried, setIsTried] = useState(false)
  const [isMaking, setIsMaking] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const series = useCall('series.list', {})
  const sourceOf = (kind: FieldKind) => {
    const source = sources[kind.name]
    return source?.source === 'person' ? undefined : source
  }
  const next = fieldKinds.find(kind => sourceOf(kind))

  useLayoutEffect(() => {
    // A title is what is missing most; else the keys begin with what is proposed.
    const field = form.current?.querySelector<HTMLInputElement>('input')
    if (field?.value === '') field.focus()
    else form.current?.focus()
  }, [])

  const confirm = (kind: FieldKind | undefined): void => {
    if (kind) setSources(({ [kind.name]: _confirmed, ...rest }) => rest)
  }
  const write = (kind: FieldKind, text: string): void => {
    setTexts(known => ({ ...known, [kind.name]: text }))
    confirm(kind)
  }
  const errorOf = (kind: FieldKind): string | null => {
    const text = texts[kind.name]
    const reading = readField(kind, text, usual)
    return reading.ok || (text.trim() === '' && !isTried) ? null : reading.error
  }

  async function make(): Promise<void> {
    setIsTried(true)
    const readings = fieldKinds.map(kind => readField(kind, texts[kind.name], usual))
    const wrong = readings.findIndex(reading => !reading.ok)
    if (wrong >= 0) {
      form.current?.querySelectorAll<HTMLElement>('.text-field')[wrong]?.focus()
      return
    }
    const fields = artworkFieldsSchema.parse(
      Object.assign({ status }, ...readings.map(reading => (reading.ok ? reading.value : {}))),
    )
    setIsMaking(true)
    const shown = media.map(({ media: { id }, role }) => ({ id, role }))
    const id = await createArtwork({ fields, sources, media: shown })
    setIsMaking(false)
    if (id !== null) goToArtwork(id, { replaces: true })
  }
  // Enter in a line submits by itself; where the keyboard is at no field it does the same.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.target !== form.current) return
    event.preventDefault()
    form.current.requestSubmit()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isMaking) void make()
  }
  useCommands([
    {
      id: 'artwork.create',
      title: 'Make the artwork',
      group: 'Artwork',
      keys: ['Mod+Enter'],
      worksWhileTyping: true,
      run: () => form.current?.requestSubmit(),
    },
    {
      id: 'artwork.confirm',
      title: 'Confirm what is proposed next',
      group: 'Artwork',
      keys: ['Y'],
      isAvailable: () => next !== undefined,
      run: () => confirm(next),
    },
    {
      id: 'artwork.reject',
      title: 'Clear what is proposed next',
      group: 'Artwork',
      keys: ['N'],
      isAvailable: () => next !== undefined && next.name !== 'title',
      run: () => next && write(next, ''),
    },
    {
      id: 'artwork.confirm-all',
      title: 'Confirm all that is proposed',
      group: 'Artwork',
      keys: ['Shift+Y'],
      isAvailable: () => next !== undefined,
      run: () => setSources({}),
    },
  ])
  return (
    <form
      ref={form}
      className="artwork-columns"
      tabIndex={-1}
      aria-label="Artwork"
      onSubmit={submit}
      onKeyDown={onKeyDown}
    >
      <ShownPictures
        pictures={media}
        onRole={(id, role) => setMedia(withRole(media, id, role))}
        onOrder={ids => setMedia(ids.flatMap(id => media.find(each => each.media.id === id) ?? []))}
        onRemove={media.length > 1 ? id => setMedia(withRole(media.filter(each => each.media.id !== id))) : undefined}
      />
      <div className="artwork-fields">
        {fieldKinds.map(kind => (
          <FieldRow
            key={kind.name}
            kind={kind}
            text={texts[kind.name]}
            error={errorOf(kind)}
            source={sourceOf(kind)}
            isNext={kind === next}
            {...(kind.name === 'series' && { offers: series.data?.map(({ name }) => name) ?? [] })}
            onText={text => write(kind, text)}
            onCancel={() => form.current?.focus()}
            onConfirm={() => confirm(kind)}
          />
        ))}
        <StatusRow status={status} onChange={setStatus} />
        <div className="artwork-foot is-sticky">
          <Button kind="primary" type="submit" keyName="Enter" disabled={isMaking}>
            Make artwork
          </Button>
          <Button keyName="Y" disabled={!next} onClick={() => confirm(next)}>
            Confirm {next ? next.label.toLowerCase() : 'the next'}
          </Button>
          <Button kind="quiet" disabled={!next} title="Confirm all (Shift+Y)" onClick={() => setSources({})}>
            Confirm all
          </Button>
          <p className="hint">What you do not confirm keeps its mark, and can be confirmed later.</p>
        </div>
      </div>
    </form>
  )
}

/** One picture is the main one. */
function withRole(
  media: ArtworkDraft['media'],
  id?: MediaId,
  role?: ArtworkDraft['media'][number]['role'],
): ArtworkDraft['media'] {
  const changed = media.map(each => (each.media.id === id && role ? { ...each, role } : each))
  const main =
    role === 'main' ? changed.findIndex(each => each.media.id === id) : changed.findIndex(each => each.role === 'main')
  return changed.map((each, place) => {
    if (place === Math.max(main, 0)) return { ...each, role: 'main' }
    return each.role === 'main' ? { ...each, role: 'detail' } : each
  })
}
