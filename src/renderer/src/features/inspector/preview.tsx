import type { MediaDetail } from '../../lib/contract.ts'
import { inspectorWidth } from '../../lib/preferences.ts'
import { go } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { isTransparent } from '../../lib/transparency.ts'
import { hasPreview, previewOf, sizeOf, thumbnailOf } from '../../ui/review/renditions.ts'

/** The picture as large as the pane, in a frame that is the same for all, so that nothing below it moves. A click opens it. */
export function Preview({ media }: { media: MediaDetail }) {
  const paneWidth = useStore(inspectorWidth)
  if (!hasPreview(media)) return null
  const { width, height } = sizeOf(media)
  return (
    <button
      type="button"
      className="inspector-preview"
      title="Open it (Space)"
      aria-label={`See ${media.filename} large`}
      onClick={() => go({ openId: media.id })}
    >
      <img
        alt=""
        className={isTransparent(media.placeholder) ? 'is-on-paper' : undefined}
        src={thumbnailOf(media)}
        srcSet={`${thumbnailOf(media)} 512w, ${previewOf(media)} 2048w`}
        sizes={`${paneWidth}px`}
        width={width}
        height={height}
        // What is smaller than the pane is not blown up.
        style={{ maxWidth: `min(100%, ${width}px)` }}
        draggable={false}
      />
    </button>
  )
}
