import { useEffect, useRef, useState } from 'react'
import { messageOf, useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { MediaTile } from '../../lib/contract.ts'
import { plural } from '../../lib/format.ts'
import { comparedMost, go, goToLibrary, useRoute } from '../../lib/route.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Review } from '../../ui/review/review.tsx'
import { Group } from './group.tsx'
import { moveFocus } from './move-focus.ts'
import './look-alikes.css'

const groupsPerPage = 24

/** Where one was, so that it is still there behind an opened picture. */
let lastPlace = { pages: 1, top: 0 }

/** Groups of pictures that look nearly the same, to compare them and see which to keep. */
export function LookAlikes() {
  const { openId } = useRoute()
  const [pages, setPages] = useState(lastPlace.pages)
  const first = useCall('media.nearDuplicates', { after: 0, limit: groupsPerPage }, { keepsPrevious: true })
  const total = first.data?.total ?? 0
  const scroller = useRef<HTMLDivElement>(null)
  const [groups, setGroups] = useState<ReadonlyMap<number, MediaTile[][]>>(new Map())
  useCommands([
    { id: 'duplicates.back', title: 'Back to the pictures', group: 'View', keys: ['Escape'], run: goToLibrary },
  ])
  useEffect(() => {
    const element = scroller.current
    if (element) element.scrollTop = lastPlace.top
    return () => {
      lastPlace = { pages, top: element?.scrollTop ?? 0 }
    }
  }, [pages])
  const open = [...groups.values()].flat().find(items => items.some(item => item.id === openId))
  return (
    <main className="look-alikes">
      <header className="top-bar">
        <IconButton icon="previous" label="Back to the pictures (Esc)" onClick={goToLibrary} />
        <h1>Look-alikes</h1>
        {first.data && total > 0 && <span className="quiet">{plural(total, 'group')}</span>}
      </header>
      <div className="look-alikes-content">
        {first.error && (
          <EmptyState icon="failed" title="The pictures could not be compared">
            {messageOf(first.error)}
          </EmptyState>
        )}
        {first.data && total === 0 && <NothingAlike />}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go between the buttons in it. */}
        <div ref={scroller} className="look-alikes-list" data-owns-arrows onKeyDown={moveFocus}>
          {Array.from({ length: pages }, (_, page) => (
            <Page
              // biome-ignore lint/suspicious/noArrayIndexKey: a page is its place.
              key={page}
              page={page}
              onItems={items => setGroups(known => new Map(known).set(page, items))}
            />
          ))}
          {pages * groupsPerPage < total && (
            <Button className="look-alikes-more" onClick={() => setPages(pages + 1)}>
              Show more
            </Button>
          )}
        </div>
      </div>
      {openId && open && <OpenPicture items={open} openId={openId} />}
    </main>
  )
}

function Page({ page, onItems }: { page: number; onItems: (groups: MediaTile[][]) => void }) {
  const found = useCall(
    'media.nearDuplicates',
    { after: page * groupsPerPage, limit: groupsPerPage },
    { keepsPrevious: true },
  )
  const tell = useRef(onItems)
  tell.current = onItems
  useEffect(() => {
    if (found.data) tell.current(found.data.groups.map(group => group.items))
  }, [found.data])
  return found.data?.groups.map(group => (
    <Group key={group.items[0]?.id} group={group} onOpen={id => go({ screen: 'duplicates', openId: id })} />
  ))
}

function OpenPicture({ items, openId }: { items: MediaTile[]; openId: number }) {
  const index = items.findIndex(item => item.id === openId)
  // Those around it, where there are more than can be seen side by side.
  const first = Math.max(0, Math.min(index - 1, items.length - comparedMost))
  return (
    <Review
      tile={items[index]}
      index={index}
      items={{
        total: items.length,
        tileAt: place => items[place],
        goTo: place => go({ openId: items[place]?.id ?? openId }, { replaces: true }),
        comparable: async () => items.slice(first, first + comparedMost).map(item => item.id),
      }}
      back="Back to the look-alikes"
    />
  )
}

function NothingAlike() {
  return (
    <EmptyState
      icon="alike"
      title="No two pictures look alike"
      action={
        <Button kind="primary" keyName="Escape" onClick={goToLibrary}>
          Back to the pictures
        </Button>
      }
    >
      Copies in other sizes or formats, edits, and shots of the same moment are shown here side by side, so that you can
      see which one to keep. Equal files are never imported twice.
    </EmptyState>
  )
}
