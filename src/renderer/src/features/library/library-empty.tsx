import { importFolder } from '../../lib/choose-folder.ts'
import type { Output, Sync } from '../../lib/contract.ts'
import { go, goToActivity, useRoute } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { hasFilter } from './filters.ts'

const importButton = (
  <Button kind="primary" keyName="Mod+O" onClick={importFolder}>
    Import a folder
  </Button>
)

const clearButton = (
  <Button keyName="Mod+Backspace" onClick={() => go({ filter: {}, sort: 'newest' })}>
    Show all pictures
  </Button>
)

const onTheirWay = (
  <EmptyState icon="working" title="The first pictures are on their way">
    They appear here one by one as they are done.
  </EmptyState>
)

function ComingIn({ sync }: { sync: Sync }) {
  if (sync.state !== 'paused') return onTheirWay
  const open = (): void => goToActivity(sync.id)
  return (
    <EmptyState icon="pause" title="The import is paused" action={<Button onClick={open}>Open Activity</Button>}>
      {sync.error ?? 'Its pictures appear here when it goes on.'}
    </EmptyState>
  )
}

/** Why there is nothing to see here, and what to do about it. */
export function LibraryEmpty({ overview }: { overview: Output<'library.overview'> | undefined }) {
  const { filter } = useRoute()
  const keys = Object.keys(filter)
  const isOnly = (key: string): boolean => keys.length === 1 && keys[0] === key
  if (isOnly('status') && filter.status === 'failed') {
    return (
      <EmptyState icon="done" title="Nothing failed" action={clearButton}>
        A file that cannot be read shows up here with the reason, and can be tried again.
      </EmptyState>
    )
  }
  if (isOnly('isMissing')) {
    return (
      <EmptyState icon="done" title="Nothing is missing" action={clearButton}>
        A picture whose file is gone from its folder stays in the library and shows up here.
      </EmptyState>
    )
  }
  if (isOnly('collectionId')) {
    return (
      <EmptyState icon="collection" title="Nothing is in this collection yet" action={clearButton}>
        Select pictures anywhere and press B. They stay where they are, and are shown here as well.
      </EmptyState>
    )
  }
  if (isOnly('text') && filter.text === 'is:to-review' && overview?.activeSyncs.length === 0) {
    return (
      <EmptyState icon="done" title="Everything is reviewed" action={clearButton}>
        Pictures without a flag or a star wait here. Pick, reject or rate them, and they leave.
      </EmptyState>
    )
  }
  if (isOnly('text') && filter.text === 'is:new' && overview?.activeSyncs.length === 0) {
    return (
      <EmptyState icon="recent" title="Nothing new" action={importButton}>
        What comes into the library is shown here for seven days.
      </EmptyState>
    )
  }
  const sync = overview?.activeSyncs.find(each => each.folderId === filter.folderId)
  if (isOnly('folderId') && sync) return <ComingIn sync={sync} />
  if (hasFilter(filter)) {
    return (
      <EmptyState icon="search" title="No picture matches" action={clearButton}>
        Words are looked for in names, folders, tags, captions and descriptions. Try fewer of them, or take a filter
        away.
      </EmptyState>
    )
  }
  if (overview && overview.activeSyncs.length > 0) {
    return onTheirWay
  }
  return (
    <EmptyState icon="pictures" title="No pictures yet" action={importButton}>
      Choose a folder. Its pictures stay where they are, and appear here as they are read.
    </EmptyState>
  )
}
