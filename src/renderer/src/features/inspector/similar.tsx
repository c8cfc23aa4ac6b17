import { useEffect, useState } from 'react'
import { messageOf, transport, useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { MediaId, Output } from '../../lib/contract.ts'
import { currentMedia } from '../../lib/current-media.ts'
import { focusWhenDrawn } from '../../lib/focus-when-drawn.ts'
import { formatShare } from '../../lib/format.ts'
import { isInspectorOpen, similarBy } from '../../lib/preferences.ts'
import { go, routeNow } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { isTransparent } from '../../lib/transparency.ts'
import { Section } from './section.tsx'
import './similar.css'

const similarId = 'similar'
const shown = 24
/** Arrow keys pass pictures by; only where one stays is asked what is like it. */
const stayedMs = 200

/** Leads to the pictures like the one the keys act on. */
export function useSimilarCommand(): void {
  useCommands([
    {
      id: 'picture.similar',
      title: 'Similar to this',
      group: 'Picture',
      keys: ['S'],
      isAvailable: () => routeNow().openId === null && currentMedia.get().focusedId !== null,
      run: () => {
        isInspectorOpen.set(true)
        focusWhenDrawn(() => document.querySelector<HTMLElement>(`#${similarId} [aria-pressed="true"]`), 'start')
      },
    },
  ])
}

/** Pictures like this one. The place for them is there from the first. */
export function Similar({ id }: { id: MediaId }) {
  const by = useStore(similarBy)
  const settled = useSettled(id)
  const similar = useCall('media.similar', { id: settled, by, limit: shown }, { keepsPrevious: true })
  const isCurrent = settled === id && !similar.isPlaceholderData
  const notice = similar.error ? messageOf(similar.error) : (similar.data?.notice ?? null)
  const items = similar.data?.items ?? []
  return (
    <Section
      title="Similar"
      end={
        <fieldset id={similarId} className="segments" aria-label="Compare">
          <Choice by="look" title="By look" />
          <Choice by="meaning" title="By meaning" />
        </fieldset>
      }
    >
      <div className={`similar ${isCurrent ? '' : 'is-before'}`}>
        {items.map(item => (
          <SimilarTile key={item.id} item={item} />
        ))}
        {items.length === 0 && similar.data && <p className="hint">{notice ?? 'No other picture is like this one.'}</p>}
        {items.length === 0 && similar.error && <p className="hint">{notice}</p>}
      </div>
      {items.length > 0 && notice && <p className="hint similar-notice">{notice}</p>}
    </Section>
  )
}

function Choice({ by, title }: { by: 'look' | 'meaning'; title: string }) {
  const isOn = useStore(similarBy) === by
  return (
    <button type="button" aria-pressed={isOn} onClick={() => similarBy.set(by)}>
      {title}
    </button>
  )
}

function SimilarTile({ item }: { item: Output<'media.similar'>['items'][number] }) {
  const label = `${item.filename}, ${formatShare(item.likeness)} alike`
  return (
    <button
      type="button"
      className={`similar-tile ${isTransparent(item.placeholder) ? 'is-on-paper' : ''}`}
      style={isTransparent(item.placeholder) ? undefined : { background: item.meanColour ?? undefined }}
      title={label}
      aria-label={label}
      onClick={() => go({ openId: item.id })}
    >
      <img alt="" loading="lazy" src={transport.mediaUrl(item.id, 'thumbnail', item.version)} />
    </button>
  )
}

function useSettled(id: MediaId): MediaId {
  const [settled, setSettled] = useState(id)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(id), stayedMs)
    return () => clearTimeout(timer)
  }, [id])
  return settled
}
