import { type RefObject, useEffect, useRef, useState } from 'react'
import { type Command, useCommands } from '../../lib/commands.ts'
import type { MediaId, MediaTile } from '../../lib/contract.ts'
import { formatCount } from '../../lib/format.ts'
import { detailNow, type MarkTarget } from '../../lib/marks.ts'
import { goesOnAfterMark, hasFilmstrip } from '../../lib/preferences.ts'
import { closePicture, go, useRoute } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { useMarkCommands } from '../../lib/use-mark-commands.ts'
import { IconButton } from '../button.tsx'
import { Alike } from './alike.tsx'
import { Compare } from './compare.tsx'
import { placesAround } from './decoded.ts'
import { togglePlay } from './film.tsx'
import { Filmstrip } from './filmstrip.tsx'
import { leaveFullScreen, toggleFullScreen } from './full-screen.ts'
import { Notes, Told } from './notes.tsx'
import { Stage } from './stage.tsx'
import { placeToStepTo } from './step.ts'
import { useKept } from './use-kept.ts'
import { useIsQuiet } from './use-quiet.ts'
import { useZoom, useZoomKeys, type Zooming } from './use-zoom.ts'
import './review.css'

/** Where the pictures come from. */
export interface ReviewItems {
  total: number
  tileAt: (index: number) => MediaTile | undefined
  /** Opens the one at that place. */
  goTo: (index: number) => void
  /** What `C` shows side by side. */
  comparable: () => Promise<readonly MediaId[]>
}

interface ReviewProps {
  items: ReviewItems
  tile: MediaTile | undefined
  /** Undefined for a picture whose place is not known. */
  index: number | undefined
  /** Where closing it leads. */
  back: string
}

/** Pictures one after the other, or some side by side: black, edge to edge. */
export function Review(props: ReviewProps) {
  const { compared, openId } = useRoute()
  useMarkCommands(
    () => openTarget(openId, props.tile),
    () => {
      const { index, items } = props
      const next = index === undefined || compared.length > 0 ? items.total : index + 1
      if (goesOnAfterMark.get() && next < items.total) items.goTo(next)
    },
  )
  const frame = useRef<HTMLDivElement>(null)
  const controls = useRef<HTMLDivElement>(null)
  const isQuiet = useIsQuiet(controls)
  // Opened side by side, it is closed so; else one comes back to the one picture.
  const [wasComparing] = useState(compared.length > 0)
  const zooming = useZoom()
  useFocus(frame)
  useEffect(() => leaveFullScreen, [])
  const isComparing = compared.length > 0
  return (
    <div
      ref={frame}
      className={`review ${isQuiet ? 'is-quiet' : ''}`}
      role="dialog"
      aria-label={isComparing ? `${compared.length} pictures side by side` : (props.tile?.filename ?? 'Picture')}
      tabIndex={-1}
    >
      {isComparing ? (
        <Compare
          ids={compared}
          zooming={zooming}
          back={wasComparing ? props.back : 'Back to the one picture'}
          leave={wasComparing ? closePicture : () => go({ compared: [] }, { replaces: true })}
        />
      ) : (
        <One {...props} controls={controls} zooming={zooming} />
      )}
      <Told />
    </div>
  )
}

/** The one that is open; of several side by side that is the one with the ring. */
function openTarget(id: MediaId | null, tile: MediaTile | undefined): MarkTarget | null {
  if (id === null) return null
  return { count: 1, ids: async () => [id], current: tile?.id === id ? tile : detailNow(id) }
}

/** The keyboard is here while it is open, and where it was before afterwards. */
function useFocus(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement
    frame.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [frame])
}

interface OneProps extends ReviewProps {
  controls: RefObject<HTMLDivElement | null>
  zooming: Zooming
}

function One({ items, tile, index, back, controls, zooming }: OneProps) {
  const isStripShown = useStore(hasFilmstrip)
  const goesOn = useStore(goesOnAfterMark)
  const [askedOf, setAskedOf] = useState<MediaId | null>(null)
  const direction = useRef<1 | -1>(1)
  const player = useRef<HTMLVideoElement>(null)
  const { zoom, setZoom, surface } = zooming
  const goTo = (next: number): void => {
    if (next < 0 || next >= items.total) return
    direction.current = index === undefined || next >= index ? 1 : -1
    items.goTo(next)
  }
  const place = useRef(0)
  useEffect(() => {
    if (index !== undefined) place.current = index
  }, [index])
  const step = (distance: number): void =>
    goTo(placeToStepTo({ index, last: place.current, total: items.total }, distance))
  useKept(
    index === undefined ? (tile ? [tile] : []) : tilesAround(items, index, direction.current),
    zoom.scale === null ? 0 : 2,
  )
  useCommands([
    ...stepCommands(step, goTo, items.total),
    ...viewCommands(back, items, () => setAskedOf(tile?.id ?? null)),
    // After the one that closes: of a video, Space is for playing.
    playCommand(() => player.current),
  ])
  useZoomKeys(zooming)
  return (
    <div className={`review-one ${isStripShown ? 'has-strip' : ''}`}>
      {tile && <Stage tile={tile} zoom={zoom} onZoom={setZoom} surface={surface} player={player} />}
      <div ref={controls} className="review-frame">
        <IconButton icon="close" label={`${back} (Esc)`} className="review-close" onClick={closePicture} />
        <IconButton icon="previous" label="Previous picture (←)" className="review-previous" onClick={() => step(-1)} />
        <IconButton icon="chevron" label="Next picture (→)" className="review-next" onClick={() => step(1)} />
        <p className="review-caption">
          <span>{tile?.filename}</span>
          {index !== undefined && (
            <span className="quiet">
              {formatCount(index + 1)} of {formatCount(items.total)}
            </span>
          )}
          {goesOn && <span className="quiet">A mark leads on</span>}
        </p>
      </div>
      {tile && <Notes tile={tile} />}
      {tile && askedOf === tile.id && <Alike tile={tile} onClose={() => setAskedOf(null)} />}
      {isStripShown && index !== undefined && (
        <Filmstrip index={index} total={items.total} tileAt={items.tileAt} goTo={goTo} />
      )}
    </div>
  )
}

function tilesAround(items: ReviewItems, index: number, direction: 1 | -1): MediaTile[] {
  return placesAround(index, items.total, direction)
    .map(items.tileAt)
    .filter(tile => tile !== undefined)
}

function stepCommands(step: (distance: number) => void, goTo: (index: number) => void, total: number): Command[] {
  const command = (id: string, title: string, keys: string[], run: () => void): Command => ({
    id: `review.${id}`,
    title,
    group: 'Review',
    keys,
    run,
  })
  return [
    command('next', 'Next picture', ['ArrowRight', 'ArrowDown', 'PageDown'], () => step(1)),
    command('previous', 'Previous picture', ['ArrowLeft', 'ArrowUp', 'PageUp'], () => step(-1)),
    command('first', 'First picture', ['Home'], () => goTo(0)),
    command('last', 'Last picture', ['End'], () => goTo(total - 1)),
  ]
}

function playCommand(player: () => HTMLVideoElement | null): Command {
  return {
    id: 'review.play',
    title: 'Play or pause',
    group: 'Review',
    keys: ['Space'],
    isAvailable: () => player() !== null,
    run: () => togglePlay(player()),
  }
}

function viewCommands(back: string, { comparable }: ReviewItems, askOfAlike: () => void): Command[] {
  const strip = hasFilmstrip.get()
  const goesOn = goesOnAfterMark.get()
  return [
    { id: 'review.close', title: back, group: 'Review', keys: ['Escape', 'Space', 'Enter'], run: closePicture },
    { id: 'review.full-screen', title: 'Full screen', group: 'Review', keys: ['F'], run: toggleFullScreen },
    {
      id: 'review.filmstrip',
      title: strip ? 'Filmstrip: hide' : 'Filmstrip: show',
      group: 'Review',
      keys: ['Shift+F'],
      run: () => hasFilmstrip.set(!strip),
    },
    {
      id: 'review.go-on',
      title: goesOn ? 'After a mark: stay' : 'After a mark: go on to the next picture',
      group: 'Review',
      keys: ['M'],
      run: () => goesOnAfterMark.set(!goesOn),
    },
    {
      id: 'review.compare',
      title: 'Side by side with others',
      group: 'Review',
      keys: ['C'],
      run: () => void comparable().then(compare),
    },
    {
      id: 'review.alike',
      title: 'The same for its look-alikes',
      group: 'Review',
      keys: ['Shift+S'],
      run: askOfAlike,
    },
  ]
}

function compare(ids: readonly MediaId[]): void {
  if (ids.length >= 2) go({ compared: ids }, { replaces: true })
}
