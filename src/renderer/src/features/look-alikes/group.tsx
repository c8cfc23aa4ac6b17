import { transport } from '../../lib/api.ts'
import type { MediaId, MediaTile, Output } from '../../lib/contract.ts'
import { formatCount, formatType, plural } from '../../lib/format.ts'
import { isTransparent } from '../../lib/transparency.ts'

type AlikeGroup = Output<'media.nearDuplicates'>['groups'][number]

/** Pictures side by side, each with what tells it from the others. */
export function Group({ group, onOpen }: { group: AlikeGroup; onOpen: (id: MediaId) => void }) {
  const { items, count } = group
  const largest = Math.max(...items.map(pixelsOf))
  const isDiffering = items.some(item => pixelsOf(item) !== largest)
  return (
    <section className="alike-group" aria-label={`${plural(count, 'picture')} like ${items[0]?.filename}`}>
      <h2>
        {plural(count, 'picture')}
        {count > items.length && (
          <span className="quiet alike-rest">, the first {formatCount(items.length)} of them</span>
        )}
      </h2>
      <div className="alike-items">
        {items.map(item => (
          <button
            key={item.id}
            type="button"
            className="alike-item"
            data-alike=""
            title={item.filename}
            onClick={() => onOpen(item.id)}
          >
            <Thumbnail item={item} />
            <span className="alike-name">{item.filename}</span>
            <span className="alike-facts">
              {factsOf(item)}
              {isDiffering && pixelsOf(item) === largest && <b> largest</b>}
            </span>
          </button>
        ))}
      </div>
    </section>
  )
}

function Thumbnail({ item }: { item: MediaTile }) {
  const isOnPaper = isTransparent(item.placeholder)
  const ratio = item.width && item.height ? item.width / item.height : 1
  return (
    <span className="alike-frame">
      <img
        className={isOnPaper ? 'is-on-paper' : ''}
        style={{
          aspectRatio: ratio,
          ...(ratio >= 1 ? { width: '100%' } : { height: '100%' }),
          ...(!isOnPaper && { background: item.meanColour ?? undefined }),
        }}
        alt=""
        loading="lazy"
        src={transport.mediaUrl(item.id, 'thumbnail', item.version)}
      />
    </span>
  )
}

const pixelsOf = ({ width, height }: MediaTile): number => (width ?? 0) * (height ?? 0)

function factsOf({ width, height, mimeType }: MediaTile): string {
  const size = width && height ? `${formatCount(width)} × ${formatCount(height)}` : ''
  return [formatType(mimeType), size].filter(Boolean).join(' · ')
}
