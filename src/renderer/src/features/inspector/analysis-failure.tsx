import { useCommand } from '../../lib/api.ts'
import type { MediaDetail } from '../../lib/contract.ts'
import { tell, tellFailure } from '../../lib/notice.ts'
import { Button } from '../../ui/button.tsx'

/** Why nobody could describe this picture, and the way to ask once more. */
export function AnalysisFailure({ media }: { media: MediaDetail }) {
  const run = useCommand('analysis.run')
  const failure = media.analysis?.failure
  if (!failure) return null
  const askAgain = (): void =>
    run.mutate(
      { chosen: { mediaIds: [media.id] } },
      { onError: tellFailure, onSuccess: () => tell(`Asking about ${media.filename} again.`) },
    )
  return (
    <section className="inspector-section" aria-label="Not described">
      <div className="inspector-failure">
        <p>{failure}</p>
        <Button icon="retry" disabled={run.isPending} onClick={askAgain}>
          Describe again
        </Button>
      </div>
    </section>
  )
}
