import { useCall } from '../../lib/api.ts'
import type { Output } from '../../lib/contract.ts'
import { currentMedia } from '../../lib/current-media.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { changeFilter, go, useRoute } from '../../lib/route.ts'
import { isOfDrive } from '../../lib/sources.ts'
import { useStore } from '../../lib/store.ts'
import { DriveLine } from '../../ui/drive-line.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Swatch, swatches } from '../../ui/swatch.tsx'
import { DescribeButton } from './describe-button.tsx'
import { chipsOf, hasFilter, titleOf } from './filters.ts'
import type { GridController } from './grid/grid-controller.ts'

/** What is shown, how many there are, and what leaves out the rest. */
export function ResultBar({
  controller,
  total,
  overview,
}: {
  controller: GridController
  total: number | null
  overview: Output<'library.overview'> | undefined
}) {
  const { filter } = useRoute()
  const { selectedCount } = useStore(currentMedia)
  const collections = useCall('collections.list', {})
  const folder = overview?.folders.find(each => each.id === filter.folderId)
  return (
    <div className="result-bar">
      <h1>{collections.data ? titleOf(filter, overview?.folders ?? [], collections.data) : ''}</h1>
      <span className="result-count" aria-live="polite">
        {total === null
          ? ''
          : selectedCount > 1
            ? `${formatCount(selectedCount)} of ${formatCount(total)} selected`
            : plural(total, 'picture')}
      </span>
      <div className="filters">
        <div className="chips">
          {chipsOf(filter).map(chip => (
            <button
              key={chip.key}
              type="button"
              className={chip.isFault ? 'chip is-fault' : 'chip'}
              title={chip.isFault ? `${chip.label} Remove it` : `Remove the filter ${chip.label}`}
              onClick={() => changeFilter(chip.without)}
            >
              {chip.colour && <Swatch colour={swatches[chip.colour]} />}
              <span>{chip.label}</span>
              <Icon name="close" size={12} />
            </button>
          ))}
        </div>
        {hasFilter(filter) && (
          <button type="button" className="chip-clear" onClick={() => go({ filter: {}, sort: 'newest' })}>
            Clear
          </button>
        )}
      </div>
      <DescribeButton controller={controller} />
      {folder && overview && isOfDrive(folder) && (
        <DriveLine key={folder.id} folder={folder} activeSyncs={overview.activeSyncs} />
      )}
    </div>
  )
}
