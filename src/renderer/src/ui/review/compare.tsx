import type { RefObject } from 'react'
import { messageOf, useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { MediaDetail, MediaId } from '../../lib/contract.ts'
import { formatCount, formatType } from '../../lib/format.ts'
import { go, useRoute } from '../../lib/route.ts'
import { IconButton } from '../button.tsx'
import { toggleFullScreen } from './full-screen.ts'
import { MarksOf } from './notes.tsx'
import { Stage, type Surface } from './stage.tsx'
import { useKept } from './use-kept.ts'
import { useZoomKeys, type Zooming } from './use-zoom.ts'
import type { Zoom } from './zoom.ts'

interface CompareProps {
  /** Two to four. */
  ids: readonly MediaId[]
  zooming: Zooming
  back: string
  leave: () => void
}

/** Pictures side by side, looked at the same way. Keys act on the one with the ring: it is the open one. */
export function Compare({ ids, zooming, back, leave }: CompareProps) {
  const { openId } = useRoute()
  const { zoom, setZoom, surface } = zooming
  const tiles = useTiles(ids)
  useKept(
    tiles.filter(tile => tile !== undefined),
    zoom.scale === null ? 0 : ids.length,
  )
  const focus = (id: MediaId | undefined): void => {
    if (id !== undefined && id !== openId) go({ openId: id }, { replaces: true })
  }
  const here = openId === null ? -1 : ids.indexOf(openId)
  const remove = (id: MediaId): void => {
    const compared = ids.filter(each => each !== id)
    const next = id === openId ? compared[Math.min(ids.indexOf(id), compared.length - 1)] : openId
    if (next) go({ openId: next, compared: compared.length > 1 ? compared : [] }, { replaces: true })
  }
  useCommands([
    { id: 'compare.leave', title: back, group: 'Review', keys: ['Escape', 'C'], run: leave },
    { id: 'review.full-screen', title: 'Full screen', group: 'Review', keys: ['F'], run: toggleFullScreen },
    {
      id: 'compare.next',
      title: 'The next of these',
      group: 'Review',
      keys: ['ArrowRight', 'ArrowDown', 'PageDown'],
      run: () => focus(ids[here + 1]),
    },
    {
      id: 'compare.previous',
      title: 'The one of these before',
      group: 'Review',
      keys: ['ArrowLeft', 'ArrowUp', 'PageUp'],
      run: () => focus(ids[here - 1]),
    },
    {
      id: 'compare.one',
      title: 'This one alone',
      group: 'Review',
      keys: ['Space', 'Enter'],
      run: () => go({ compared: [] }, { replaces: true }),
    },
    {
      id: 'compare.remove',
      title: 'Take this one out',
      group: 'Review',
      keys: ['Backspace', 'Delete'],
      run: () => openId !== null && remove(openId),
    },
  ])
  useZoomKeys(zooming)
  return (
    <div className="compare" data-count={ids.length}>
      {ids.map(id => (
        <Pane
          key={id}
          id={id}
          isHere={id === openId}
          zoom={zoom}
          onZoom={setZoom}
          surface={id === openId ? surface : undefined}
          onFocus={() => focus(id)}
          onRemove={() => remove(id)}
        />
      ))}
      <IconButton icon="close" label={`${back} (Esc)`} className="review-close" onClick={leave} />
    </div>
  )
}

/** As many hooks for any number of pictures. */
function useTiles([a, b, c, d]: readonly MediaId[]): (MediaDetail | undefined)[] {
  return [useTile(a), useTile(b), useTile(c), useTile(d)]
}

const useTile = (id: MediaId | undefined): MediaDetail | undefined =>
  useCall('media.get', { id: id ?? 0 }, { isEnabled: id !== undefined }).data

interface PaneProps {
  id: MediaId
  isHere: boolean
  zoom: Zoom
  onZoom: (zoom: Zoom) => void
  surface: RefObject<Surface | null> | undefined
  onFocus: () => void
  onRemove: () => void
}

function Pane({ id, isHere, zoom, onZoom, surface, onFocus, onRemove }: PaneProps) {
  const media = useCall('media.get', { id })
  const name = media.data?.filename ?? 'Picture'
  return (
    <section
      className="compare-pane"
      aria-label={name}
      aria-current={isHere || undefined}
      onPointerDown={onFocus}
      onFocus={onFocus}
    >
      {media.data && <Stage tile={media.data} zoom={zoom} onZoom={onZoom} surface={surface} />}
      {media.error && <p className="review-failure">{messageOf(media.error)}</p>}
      <p className="compare-caption">
        <span className="compare-name">{name}</span>
        <span className="quiet">{media.data && factsOf(media.data)}</span>
        {media.data && <MarksOf tile={media.data} />}
        <IconButton icon="close" label={`Take out ${name}`} onClick={onRemove} />
      </p>
    </section>
  )
}

function factsOf({ width, height, mimeType }: MediaDetail): string {
  const size = width && height ? `${formatCount(width)} × ${formatCount(height)}` : ''
  return [formatType(mimeType), size].filter(Boolean).join(' · ')
}
