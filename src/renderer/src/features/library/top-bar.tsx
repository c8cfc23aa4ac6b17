import { type MediaGroup, type MediaSort, mediaGroups, mediaSorts } from '../../lib/contract.ts'
import { groupBy, groupTitles } from '../../lib/grouping.ts'
import { cellSize, cellSizes, gridLayout, isInspectorOpen } from '../../lib/preferences.ts'
import { go, useRoute } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { FilterButton } from './filter-button.tsx'
import { FindBox } from './find-box.tsx'
import { sortTitles, toggleLayout } from './use-library-commands.ts'

export function TopBar() {
  const { sort, group, filter } = useRoute()
  const isOpen = useStore(isInspectorOpen)
  const sorts = mediaSorts.filter(each => each !== 'relevance' || filter.text)
  return (
    <header className="top-bar">
      <FindBox />
      <FilterButton />
      <label className="select">
        <span className="visually-hidden">Sort</span>
        <select value={sort} onChange={event => go({ sort: event.target.value as MediaSort })}>
          {sorts.map(each => (
            <option key={each} value={each}>
              {sortTitles[each]}
            </option>
          ))}
        </select>
        <Icon name="down" size={12} />
      </label>
      <label className="select">
        <span className="visually-hidden">Group</span>
        <select value={group} onChange={event => groupBy(event.target.value as MediaGroup)}>
          {mediaGroups.map(each => (
            <option key={each} value={each}>
              {groupTitles[each]}
            </option>
          ))}
        </select>
        <Icon name="down" size={12} />
      </label>
      <span className="top-bar-gap" />
      <LayoutButton />
      <SizeSlider />
      <IconButton
        icon="inspector"
        label={isOpen ? 'Hide the inspector (I)' : 'Show the inspector (I)'}
        aria-pressed={isOpen}
        onClick={() => isInspectorOpen.set(!isOpen)}
      />
    </header>
  )
}

function LayoutButton() {
  const layout = useStore(gridLayout)
  return (
    <IconButton
      icon="justified"
      label="Justified rows (J)"
      aria-pressed={layout === 'justified'}
      onClick={toggleLayout}
    />
  )
}

function SizeSlider() {
  const size = useStore(cellSize)
  return (
    <label className="size-slider">
      <Icon name="small" />
      <input
        type="range"
        aria-label="Size of the pictures"
        min={cellSizes.least}
        max={cellSizes.most}
        step={4}
        value={size}
        onChange={event => cellSize.set(Number(event.target.value))}
      />
      <Icon name="large" />
    </label>
  )
}
