import { messageOf, transport, useCall } from '../../lib/api.ts'
import type { FailedFor, MediaId } from '../../lib/contract.ts'
import { formatCount } from '../../lib/format.ts'
import { go, homeRoute } from '../../lib/route.ts'
import { capped } from './model-text.ts'

const reasonMax = 400

/** Why pictures of a run have no description, and the first of them. */
export function Failures({ runId }: { runId: number }) {
  const failures = useCall('analysis.failures', { runId }, { keepsPrevious: true })
  if (failures.error) return <p className="error-line">{messageOf(failures.error)}</p>
  return (
    <ul className="failures" aria-label="Why pictures failed">
      {(failures.data?.reasons ?? []).map(reason => (
        <Reason key={`${reason.code} ${reason.message}`} reason={reason} />
      ))}
    </ul>
  )
}

function Reason({ reason: { count, message, mediaIds } }: { reason: FailedFor }) {
  return (
    <li>
      <p>
        <span className="failures-count">{formatCount(count)}</span>
        <span className="model-text">{capped(message, reasonMax)}</span>
      </p>
      <div className="failures-pictures">
        {mediaIds.map(id => (
          <FailedPicture key={id} id={id} />
        ))}
      </div>
    </li>
  )
}

function FailedPicture({ id }: { id: MediaId }) {
  const media = useCall('media.get', { id })
  const name = media.data?.filename ?? ''
  return (
    <button
      type="button"
      title={`Open ${name}`}
      aria-label={`Open ${name}`}
      onClick={() => go({ ...homeRoute, openId: id })}
    >
      {media.data && <img src={transport.mediaUrl(id, 'thumbnail', media.data.version)} alt="" />}
    </button>
  )
}
