import { plural } from '../../../lib/format.ts'
import { useStore } from '../../../lib/store.ts'
import type { GridController } from './grid-controller.ts'
import { selectWord } from './headings.ts'

/** The heading of the section that is looked at, at the upper edge for as long as it is. */
export function SectionBar({ controller }: { controller: GridController }) {
  const section = useStore(controller.sectionInView)
  const arrivedAt = useStore(controller.sectionArrivedAt)
  return (
    <>
      {section && (
        <div className="section-bar">
          <h2>{section.title}</h2>
          <span>{plural(section.count, 'picture')}</span>
          <button type="button" onClick={() => controller.toggleSection(section.index)}>
            {selectWord(section)}
          </button>
        </div>
      )}
      <p className="visually-hidden" role="status">
        {arrivedAt}
      </p>
    </>
  )
}
