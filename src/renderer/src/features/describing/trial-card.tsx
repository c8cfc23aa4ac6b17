import { transport, useCall } from '../../lib/api.ts'
import { type AnalysisResult, formatUsd, type MediaId, type Trial } from '../../lib/contract.ts'
import { formatDuration } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { capped, factsOfResult, tagsOf } from './model-text.ts'

interface TrialCardProps {
  mediaId: MediaId
  trial: Trial | undefined
  isPending: boolean
}

/** One picture: what is said of it now, and what would be. */
export function TrialCard({ mediaId, trial, isPending }: TrialCardProps) {
  const media = useCall('media.get', { id: mediaId })
  const name = media.data?.filename ?? ''
  return (
    <article className="trial-card" aria-label={name} aria-busy={isPending}>
      <div className="trial-picture">
        {media.data && <img src={transport.mediaUrl(mediaId, 'thumbnail', media.data.version)} alt="" />}
      </div>
      <h2 title={name}>{name}</h2>
      <section>
        <h3>Now</h3>
        <p className="model-text is-present">{capped(media.data?.description ?? 'Not described yet.')}</p>
      </section>
      <section aria-live="polite">
        <h3>Tried</h3>
        {isPending ? (
          <p className="quiet">Being described …</p>
        ) : trial?.result ? (
          <Answer result={trial.result} />
        ) : trial?.failure ? (
          <p className="error-line">
            <Icon name="failed" />
            <span>{trial.failure.message}</span>
          </p>
        ) : (
          <p className="quiet">Not tried yet.</p>
        )}
      </section>
      <p className="trial-cost">{trial && costLine(trial)}</p>
    </article>
  )
}

function Answer({ result }: { result: AnalysisResult }) {
  const tags = tagsOf(result)
  return (
    <>
      <p className="model-text">{capped(result.description)}</p>
      {tags.length > 0 && (
        <ul className="trial-tags" aria-label="Tags">
          {tags.map(tag => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      )}
      <dl className="trial-facts">
        {factsOfResult(result).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** "$0.0042 · 1.8 s · gpt-5.4-mini". */
export function costLine({ usage, isReused }: Trial): string {
  if (isReused) return 'Answered before: costs nothing'
  if (!usage) return ''
  const seconds = usage.latencyMs / 1000
  return [
    usage.costUsd === null ? 'Price not known' : usage.costUsd === 0 ? 'Free' : formatUsd(usage.costUsd),
    seconds < 10 ? `${seconds.toFixed(1)} s` : formatDuration(seconds),
    capped(usage.model, 60),
  ].join(' · ')
}
