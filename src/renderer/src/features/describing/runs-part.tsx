import { useCommands } from '../../lib/commands.ts'
import type { AnalysisOverview } from '../../lib/contract.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { tell } from '../../lib/notice.ts'
import { go } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { DescribePanel } from '../../ui/describe-panel.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Run } from './run.tsx'

const all = { isUndescribed: true } as const

/** What is left to describe, what that costs, and what was and is being described. */
export function RunsPart({ overview }: { overview: AnalysisOverview }) {
  const { settings, runs } = overview
  const hasModel = settings.analyser !== 'builtin'
  if (!hasModel && runs.length === 0) return <NobodyDescribes />
  return (
    <div className="describe-form">
      {hasModel && <Undescribed overview={overview} />}
      <section className="describe-section" aria-label="Runs">
        <h2>Runs</h2>
        {runs.length === 0 && <p className="quiet">None yet. What is described shows here, with what it costs.</p>}
        {runs.map(run => (
          <Run key={run.id} run={run} isFirst={run === runs[0]} />
        ))}
      </section>
    </div>
  )
}

function Undescribed({ overview }: { overview: AnalysisOverview }) {
  const { undescribed, described, failed, settings, runs } = overview
  // What is being described is not offered a second time.
  const isUnderWay = runs.some(({ state }) => state === 'running' || state === 'waiting')
  return (
    <section className="describe-section" aria-label="Not described yet">
      <h2>{undescribedTitle(overview)}</h2>
      <p className="quiet">
        {plural(described, 'picture')} described by {settings.model} with this prompt and these words
        {failed > 0 && `, ${formatCount(failed)} could not be`}.
      </p>
      {undescribed > 0 && !isUnderWay && (
        <DescribePanel
          key={`${settings.analyser} ${settings.model} ${settings.promptId}`}
          chosen={all}
          settings={settings}
          onStarted={pictures => tell(`Describing ${plural(pictures, 'picture')}.`)}
        />
      )}
    </section>
  )
}

function undescribedTitle({ undescribed, failed }: AnalysisOverview): string {
  if (undescribed > 0) return `${plural(undescribed, 'picture')} not described yet`
  return failed > 0 ? 'Nothing is left to describe' : 'Every picture is described'
}

const setUp = (): void => go({ describe: 'setup' }, { replaces: true })

function NobodyDescribes() {
  useCommands([{ id: 'describe.set-up', title: 'Set up a model', group: 'Descriptions', keys: ['Enter'], run: setUp }])
  return (
    <EmptyState
      icon="words"
      title="Nobody describes your pictures yet"
      action={
        <Button kind="primary" keyName="Enter" onClick={setUp}>
          Set up a model
        </Button>
      }
    >
      What can be measured and read is found already. A model that sees says what a picture shows: at OpenAI for some
      hundredths of a cent to a cent a picture, or for nothing on this computer.
    </EmptyState>
  )
}
