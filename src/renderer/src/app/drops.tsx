import { useEffect, useRef } from 'react'
import { transport } from '../lib/api.ts'
import { useCommands } from '../lib/commands.ts'
import { dragged } from '../lib/drop-listeners.ts'
import { type Dragged, intentionOf } from '../lib/drops.ts'
import { formatCount } from '../lib/format.ts'
import { useStore } from '../lib/store.ts'
import { type DropReport, dropReport } from '../lib/take-drop.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import './drops.css'

/** What a drop would do, while files are over the window, and what it could not do afterwards. */
export function Drops() {
  const drag = useStore(dragged)
  const report = useStore(dropReport)
  return (
    <>
      {report && <Report report={report} />}
      {drag && <DropOverlay drag={drag} />}
    </>
  )
}

function DropOverlay({ drag }: { drag: Dragged }) {
  const overlay = useRef<HTMLDivElement>(null)
  // Above dialogs as well.
  useEffect(() => overlay.current?.showPopover(), [])
  const { title, text } = intentionOf(drag, transport)
  return (
    <div ref={overlay} className="drop-overlay" popover="manual" role="status">
      <Icon name={transport.knowsPaths ? 'add' : 'folder'} size={40} />
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  )
}

const namedMax = 50
const nameOf = (path: string): string => path.split(/[\\/]/).findLast(part => part !== '') ?? path

function Report({ report: { title, reason, refused, lost, action } }: { report: DropReport }) {
  const close = (): void => dropReport.set(null)
  useCommands([
    { id: 'drop.close', title: 'Close what was not imported', group: 'Import', keys: ['Escape'], run: close },
  ])
  return (
    <section className="drop-report" aria-label="What was not imported" role="alert">
      <header>
        <h2>{title}</h2>
        <IconButton icon="close" label="Close (Esc)" onClick={close} />
      </header>
      {reason && <p className="drop-reason">{reason}</p>}
      {refused.length > 0 && (
        <ul>
          {refused.slice(0, namedMax).map(({ path, reason }) => (
            <li key={path} title={path}>
              <span className="drop-name">{nameOf(path)}</span>
              <span className="quiet">{reason}</span>
            </li>
          ))}
        </ul>
      )}
      {refused.length > namedMax && <p className="quiet">And {formatCount(refused.length - namedMax)} more.</p>}
      {lost > 0 && (
        <p className="quiet">What comes from a page or a mail is no file on this computer. Save it first.</p>
      )}
      {action && (
        <p className="form-actions">
          <Button
            icon="activity"
            onClick={() => {
              close()
              action.run()
            }}
          >
            {action.label}
          </Button>
        </p>
      )}
    </section>
  )
}
