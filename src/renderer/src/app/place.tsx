import { type DragEvent, type ReactNode, useState } from 'react'
import type { MediaFilter } from '../lib/contract.ts'
import { draggedPictures } from '../lib/dragged-pictures.ts'
import { asksFor, placeTerms } from '../lib/find.ts'
import { formatCount } from '../lib/format.ts'
import { go, homeRoute, type Route, useRoute } from '../lib/route.ts'
import { useStore } from '../lib/store.ts'
import { IconButton } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { MenuButton, type MenuItem } from '../ui/menu.tsx'

/** A part of the sidebar, with what adds to it at the right edge. */
export function List({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {action}
      <ul aria-label={title}>{children}</ul>
    </section>
  )
}

/** What the sidebar leads to; everything else only narrows it. */
const placeKeys = ['source', 'folderId', 'collectionId', 'status', 'isMissing'] as const

/** A place is where one is when its filter is on, whatever else narrows the view. */
function isAt({ screen, filter }: Route, place: MediaFilter): boolean {
  const hasSameTerms = placeTerms.every(({ name }) => asksFor(filter, name) === asksFor(place, name))
  return screen === 'library' && hasSameTerms && placeKeys.every(key => filter[key] === place[key])
}

/** For what pictures can be dropped on: how it looks while they are on their way, and what it hears. */
function useDropOfPictures(onDrop: (() => void) | undefined) {
  const isDragged = useStore(draggedPictures) !== null
  const [isOver, setIsOver] = useState(false)
  if (!onDrop || !isDragged) return {}
  const take = (event: DragEvent): void => {
    event.preventDefault()
    // The window refuses all that is no file.
    event.stopPropagation()
    event.dataTransfer.dropEffect = 'copy'
    setIsOver(true)
  }
  return {
    className: isOver ? 'takes-drop is-over' : 'takes-drop',
    onDragEnter: take,
    onDragOver: take,
    onDragLeave: (event: DragEvent<HTMLElement>) => {
      const isInside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)
      if (!isInside) setIsOver(false)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      event.stopPropagation()
      setIsOver(false)
      onDrop()
    },
  }
}

interface PlaceProps {
  icon: IconName
  label: string
  title?: string | undefined
  count?: number
  /** In place of the count: what is not as it should be. */
  state?: string | undefined
  filter: MediaFilter
  /** Where more than the place has to be right. */
  isHere?: (route: Route) => boolean
  /** Called in place of going there. */
  onGo?: () => void
  actions?: { icon: IconName; label: string; run: () => void }[]
  /** In place of actions, where they are more than fit. */
  menu?: readonly MenuItem[]
  /** Called when pictures of the grid are dropped on it; left out: they cannot be. */
  onDropPictures?: () => void
  /** What is below it. */
  children?: ReactNode
}

export function Place(props: PlaceProps) {
  const { icon, label, title, count, state, filter, isHere, onGo, actions = [], menu, onDropPictures, children } = props
  const route = useRoute()
  const here = isHere ? isHere(route) : isAt(route, filter)
  const goThere = (): void =>
    go({ ...homeRoute, sort: route.sort === 'relevance' ? 'newest' : route.sort, group: route.group, filter })
  const drop = useDropOfPictures(onDropPictures)
  return (
    <li {...drop}>
      <button
        type="button"
        className="place"
        title={title}
        aria-current={here ? 'page' : undefined}
        onClick={onGo ?? goThere}
      >
        <Icon name={icon} />
        <span>{label}</span>
        {state !== undefined && (
          <span className="place-state">
            <Icon name="missing" size={12} />
            {state}
          </span>
        )}
        {state === undefined && count !== undefined && <span className="place-count">{formatCount(count)}</span>}
      </button>
      {menu && (
        <span className="place-actions">
          <MenuButton label={`What to do with ${label}`} items={menu} />
        </span>
      )}
      {actions.length > 0 && (
        <span className="place-actions">
          {actions.map(action => (
            <IconButton key={action.label} icon={action.icon} label={action.label} onClick={action.run} />
          ))}
        </span>
      )}
      {children}
    </li>
  )
}
