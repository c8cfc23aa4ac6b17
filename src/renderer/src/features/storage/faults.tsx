import { useCommand } from '../../lib/api.ts'
import type { StorageOverview } from '../../lib/contract.ts'
import { plural } from '../../lib/format.ts'
import { tell, tellFailure } from '../../lib/notice.ts'
import { go, homeRoute } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'

/** Originals that could not be copied, by their own fault, and why. */
export function Faults({ overview }: { overview: StorageOverview }) {
  const { count, items } = overview.faults
  const resume = useCommand('storage.resume')
  if (count === 0) return null
  const retry = (): void =>
    resume.mutate({}, { onError: tellFailure, onSuccess: () => tell(`Trying ${plural(count, 'original')} again.`) })
  return (
    <section className="storage-faults" aria-label="Originals that could not be copied">
      <div className="storage-work-head">
        <h3>{plural(count, 'original')} could not be copied</h3>
        {overview.sending.state !== 'off' && (
          <Button icon="retry" onClick={retry} disabled={resume.isPending}>
            Try again
          </Button>
        )}
      </div>
      <ul>
        {items.map(({ mediaId, filename, message }, place) => (
          <li key={mediaId ?? `${place} ${filename}`}>
            {mediaId === null ? (
              <span>{filename}</span>
            ) : (
              <button type="button" title={`Show ${filename}`} onClick={() => go({ ...homeRoute, openId: mediaId })}>
                {filename}
              </button>
            )}
            <span className="quiet">{message}</span>
          </li>
        ))}
      </ul>
      {count > items.length && <p className="hint">And {plural(count - items.length, 'more', 'more')}.</p>}
    </section>
  )
}
