import { messageOf } from '../lib/api.ts'

/** Why what was asked for was not done, read out as it appears. */
export function Fault({ error }: { error: Error | null }) {
  return error ? (
    <p className="error-line" role="alert">
      {messageOf(error)}
    </p>
  ) : null
}
