import type { ReactNode } from 'react'
import type { MediaFilter } from '../lib/contract.ts'
import { asksFor, placeTerms } from '../lib/find.ts'
import { formatCount } from '../lib/format.ts'
import { go, homeRoute, type Route, useRoute } from '../lib/route.ts'
import { IconButton } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'

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
const placeKeys = ['folderId', 'collectionId', 'status', 'isMissing'] as const

/** A place is where one is when its filter is on, whatever else narrows the view. */
function isAt({ screen, filter }: Route, place: MediaFilter): boolean {
  const hasSameTerms = placeTerms.every(({ name }) => asksFor(filter, name) === asksFor(place, name))
  return screen === 'library' && hasSameTerms && placeKeys.every(key => filter[key] === place[key])
}

interface PlaceProps {
  icon: IconName
  label: string
  title?: string | undefined
  count?: number
  filter: MediaFilter
  /** Where more than the place has to be right. */
  isHere?: (route: Route) => boolean
  /** Called in place of going there. */
  onGo?: () => void
  actions?: { icon: IconName; label: string; run: () => void }[]
}

export function Place({ icon, label, title, count, filter, isHere, onGo, actions = [] }: PlaceProps) {
  const route = useRoute()
  const here = isHere ? isHere(route) : isAt(route, filter)
  const goThere = (): void => go({ ...homeRoute, sort: route.sort === 'relevance' ? 'newest' : route.sort, filter })
  return (
    <li>
      <button
        type="button"
        className="place"
        title={title}
        aria-current={here ? 'page' : undefined}
        onClick={onGo ?? goThere}
      >
        <Icon name={icon} />
        <span>{label}</span>
        {count !== undefined && <span className="place-count">{formatCount(count)}</span>}
      </button>
      {actions.length > 0 && (
        <span className="place-actions">
          {actions.map(action => (
            <IconButton key={action.label} icon={action.icon} label={action.label} onClick={action.run} />
          ))}
        </span>
      )}
    </li>
  )
}
