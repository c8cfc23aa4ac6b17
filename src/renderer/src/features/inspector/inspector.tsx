import { memo, useRef } from 'react'
import { messageOf, transport, useCall } from '../../lib/api.ts'
import type { MediaDetail, MediaId } from '../../lib/contract.ts'
import { currentMedia } from '../../lib/current-media.ts'
import { findNamed } from '../../lib/find.ts'
import { formatCount, formatShare } from '../../lib/format.ts'
import { tell, tellFailure } from '../../lib/notice.ts'
import { useRoute } from '../../lib/route.ts'
import { selectedMedia } from '../../lib/selected-media.ts'
import { useStore } from '../../lib/store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { StatusMark, statusLooks } from '../../ui/status-mark.tsx'
import { AnalysisFailure } from './analysis-failure.tsx'
import { ArtworksOfPicture } from './artworks-of-picture.tsx'
import { CopyLink } from './copy-link.tsx'
import { type Fact, type FactGroup, factsOf } from './facts.ts'
import { Files, useFileCommands } from './files.tsx'
import { History } from './history.tsx'
import { MarksOfMany, MarksOfOne } from './marks.tsx'
import { Preview } from './preview.tsx'
import { Section } from './section.tsx'
import { Similar, useSimilarCommand } from './similar.tsx'
import { tagFieldId } from './words/tags.tsx'
import { useTagKey } from './words/use-decisions.ts'
import { Words } from './words/words.tsx'
import { WordsOfMany } from './words/words-of-many.tsx'
import './inspector.css'

/** Keys that work whether it is open or not. */
export function useInspectorCommands(): void {
  useTagKey(tagFieldId)
  useSimilarCommand()
  useFileCommands()
}

/** Every fact of the picture the keys act on. Behind an open picture it stands still: nobody sees it there. */
export function Inspector() {
  const isBehind = useRoute().openId !== null
  const current = useStore(currentMedia)
  const seen = useRef(current)
  if (!isBehind) seen.current = current
  const { focusedId, selectedCount } = seen.current
  const selected = useStore(selectedMedia)
  const isOfMany = selectedCount > 1
  return (
    <div className="inspector">
      {isOfMany && <h2 className="inspector-selected">{formatCount(selectedCount)} selected</h2>}
      {isOfMany && <MarksOfMany selected={selected} />}
      {isOfMany && <WordsOfMany selected={selected} />}
      {focusedId ? (
        <Detail id={focusedId} hasWords={!isOfMany} />
      ) : (
        <p className="inspector-hint">Select a picture to see everything that is known of it.</p>
      )}
    </div>
  )
}

const Detail = memo(function Detail({ id, hasWords }: { id: MediaId; hasWords: boolean }) {
  const media = useCall('media.get', { id }, { keepsPrevious: true })
  if (media.error) return <p className="inspector-hint">{messageOf(media.error)}</p>
  if (!media.data) return null
  return (
    <>
      <Preview media={media.data} />
      <Head media={media.data} />
      {hasWords && <MarksOfOne media={media.data} />}
      {hasWords && <Words media={media.data} />}
      <ArtworksOfPicture id={id} />
      <CopyLink media={media.data} />
      <AnalysisFailure media={media.data} />
      <Files media={media.data} />
      <Palette media={media.data} />
      <Similar id={id} />
      {factsOf(media.data).map(group => (
        <Facts key={group.title} group={group} />
      ))}
      <History id={id} />
    </>
  )
})

function Head({ media }: { media: MediaDetail }) {
  const retry = (): void => {
    transport.call('media.retry', { id: media.id }).then(() => tell(`Trying ${media.filename} again.`), tellFailure)
  }
  return (
    <header className="inspector-head">
      <h2>{media.filename}</h2>
      <p className="inspector-marks">
        <StatusMark look={statusLooks[media.status]} />
        {media.isMissing && <StatusMark look={{ icon: 'missing', tone: 'skipped', word: 'Missing' }} />}
      </p>
      {media.failure && (
        <div className="inspector-failure">
          <p>{media.failure.message}</p>
          <Button icon="retry" onClick={retry}>
            Retry
          </Button>
        </div>
      )}
    </header>
  )
}

function Palette({ media }: { media: MediaDetail }) {
  if (media.palette.length === 0) return null
  return (
    <Section title="Colours">
      <div className="palette">
        {media.palette.map(({ name, hex, share }) => (
          <button
            key={hex}
            type="button"
            style={{ background: hex, flexGrow: Math.max(share, 0.04) }}
            title={`${name}, ${hex}, ${formatShare(share)}: show all pictures with ${name}`}
            aria-label={`Show all pictures with ${name}`}
            onClick={() => findNamed('color', name)}
          />
        ))}
      </div>
      <p className="palette-names">{[...new Set(media.palette.map(entry => entry.name))].join(', ')}</p>
    </Section>
  )
}

function Facts({ group }: { group: FactGroup }) {
  return (
    <Section title={group.title}>
      <dl className="facts">
        {group.facts.map(fact => (
          <FactRow key={fact.name} fact={fact} />
        ))}
      </dl>
    </Section>
  )
}

function FactRow({ fact }: { fact: Fact }) {
  const copy = (): void => {
    navigator.clipboard.writeText(fact.value).then(() => tell(`${fact.name} copied.`), tellFailure)
  }
  return (
    <>
      <dt>{fact.name}</dt>
      <dd className={fact.isCode ? 'is-code selectable' : 'selectable'} title={fact.isCode ? fact.value : undefined}>
        <span>{fact.value}</span>
        {fact.isCode && <IconButton icon="copy" label={`Copy ${fact.name}`} onClick={copy} />}
      </dd>
    </>
  )
}
