import { sidebarWidth } from '../lib/preferences.ts'
import { useStore } from '../lib/store.ts'
import './frame.css'

/** The window as it will be, with nothing in it yet. Words come only where it takes longer than anybody would notice. */
export function Opening() {
  const sidebar = useStore(sidebarWidth)
  return (
    <div className="frame" aria-busy="true">
      <div className="panes">
        <aside className="pane" style={{ width: sidebar }} />
        <main className="page">
          <p className="opening quiet">Opening the library …</p>
        </main>
      </div>
    </div>
  )
}
