import { useCall } from '../lib/api.ts'
import { goToArtworks } from '../lib/artworks.ts'
import { importFolder } from '../lib/choose-folder.ts'
import type { Output } from '../lib/contract.ts'
import { formatCount } from '../lib/format.ts'
import { go, goToSettings, useRoute } from '../lib/route.ts'
import { storageTrouble } from '../lib/storage-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { List, Place } from './place.tsx'
import { Collections, Views } from './sidebar-named.tsx'
import { Sources } from './sidebar-sources.tsx'

type Overview = Output<'library.overview'>

/** Where pictures are from, and the views on all of them. */
export function Sidebar({ overview, onKeys }: { overview: Overview; onKeys: () => void }) {
  const { counts } = overview
  const { screen } = useRoute()
  return (
    <div className="sidebar">
      <header className="sidebar-head" title={overview.path}>
        {overview.name}
      </header>
      <nav className="sidebar-lists" aria-label="Library">
        <List title="Library">
          <Place icon="pictures" label="All pictures" count={counts.shown} filter={{}} />
          <Place
            icon="recent"
            label="New"
            title="What came within the last seven days"
            count={counts.recent}
            filter={{ text: 'is:new' }}
          />
          <Place
            icon="done"
            label="To review"
            title="Pictures without a flag or a star"
            count={counts.toReview}
            filter={{ text: 'is:to-review' }}
          />
          <Artworks />
          <Place icon="failed" label="Failed" count={counts.byStatus.failed} filter={{ status: 'failed' }} />
          <Place icon="missing" label="Missing" count={counts.missing} filter={{ isMissing: true }} />
          <li>
            <button
              type="button"
              className="place"
              title="Pictures that look nearly the same (Shift+L)"
              aria-current={screen === 'duplicates' ? 'page' : undefined}
              onClick={() => go({ screen: 'duplicates', openId: null })}
            >
              <Icon name="alike" />
              <span>Look-alikes</span>
            </button>
          </li>
        </List>
        <Collections />
        <Views />
        <Sources overview={overview} />
      </nav>
      <footer className="sidebar-foot">
        <StorageTrouble />
        <button
          type="button"
          className="place"
          title="Bring in a folder of Google Drive (Shift+D)"
          aria-current={screen === 'drive' ? 'page' : undefined}
          onClick={() => go({ screen: 'drive' })}
        >
          <Icon name="drive" />
          <span>Google Drive</span>
        </button>
        <button
          type="button"
          className="place"
          title="Who describes your pictures, and what it costs (Shift+W)"
          aria-current={screen === 'describe' ? 'page' : undefined}
          onClick={() => go({ screen: 'describe', describe: 'runs' })}
        >
          <Icon name="words" />
          <span>Descriptions</span>
        </button>
        <Button icon="add" className="sidebar-import" title="Import a folder (Ctrl/Cmd-O)" onClick={importFolder}>
          Import a folder
        </Button>
        <IconButton icon="keyboard" label="Keys (?)" onClick={onKeys} />
        <IconButton icon="settings" label="Settings" onClick={() => goToSettings()} />
      </footer>
    </div>
  )
}

function Artworks() {
  const { screen } = useRoute()
  const counts = useCall('artworks.counts', {})
  return (
    <li>
      <button
        type="button"
        className="place"
        title="Works made of pictures (Shift+K)"
        aria-current={screen === 'artworks' ? 'page' : undefined}
        onClick={goToArtworks}
      >
        <Icon name="artwork" />
        <span>Artworks</span>
        <span className="place-count">{counts.data && formatCount(counts.data.total)}</span>
      </button>
    </li>
  )
}

/** Only where originals do not get to where they should be. */
function StorageTrouble() {
  const overview = useCall('storage.overview', {})
  const trouble = overview.data && storageTrouble(overview.data)
  if (!trouble) return null
  return (
    <button type="button" className="place is-trouble" title={trouble.message} onClick={() => goToSettings('storage')}>
      <Icon name="failed" />
      <span>{trouble.title}</span>
    </button>
  )
}
