import { lazy, Suspense, useCallback, useState } from 'react'
import { messageOf, useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { Chosen } from '../../lib/contract.ts'
import { currentMedia } from '../../lib/current-media.ts'
import { plural } from '../../lib/format.ts'
import { tell } from '../../lib/notice.ts'
import { go, routeNow } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { Button } from '../../ui/button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { chosenOf } from './grid/chosen.ts'
import type { GridController } from './grid/grid-controller.ts'

const DescribePanel = lazy(() =>
  import('../../ui/describe-panel.tsx').then(module => ({ default: module.DescribePanel })),
)

/** Describes what is selected: again, with another prompt or model, or for the first time. */
export function DescribeButton({ controller }: { controller: GridController }) {
  const { selectedCount } = useStore(currentMedia)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const close = useCallback(() => setChosen(null), [])
  const open = (): void => {
    chosenOf(controller.cursor.selection, controller.list).then(setChosen, (error: Error) => tell(error.message))
  }
  useCommands([
    {
      id: 'describe.selected',
      title: 'Describe selected pictures …',
      group: 'Picture',
      keys: ['D'],
      isAvailable: () => routeNow().openId === null && selectedCount > 0,
      run: open,
    },
  ])
  if (selectedCount === 0 && !chosen) return null
  return (
    <div className="popover-anchor describe-anchor">
      <Button
        kind="quiet"
        icon="words"
        aria-expanded={chosen !== null}
        title="Describe selected pictures (D)"
        onClick={open}
      >
        Describe
      </Button>
      {chosen && (
        <Popover label="Describe" onClose={close}>
          <SelectedPanel chosen={chosen} onClose={close} />
        </Popover>
      )}
    </div>
  )
}

function SelectedPanel({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  const overview = useCall('analysis.overview', {})
  const settings = overview.data?.settings
  if (overview.error) return <p className="selected-panel error-line">{messageOf(overview.error)}</p>
  if (settings?.analyser === 'builtin') {
    return (
      <div className="selected-panel">
        <p>No model is set up that could describe pictures.</p>
        <Button kind="primary" onClick={() => go({ screen: 'describe', describe: 'setup' })}>
          Set up a model
        </Button>
      </div>
    )
  }
  return (
    <div className="selected-panel">
      {settings && (
        <Suspense>
          <DescribePanel
            chosen={chosen}
            settings={settings}
            onStarted={pictures => {
              onClose()
              tell(`Describing ${plural(pictures, 'picture')}. Descriptions shows how far it is.`)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
