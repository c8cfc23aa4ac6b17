import { runCommand } from '../../lib/commands.ts'
import type { AnalysisOverview } from '../../lib/contract.ts'
import { Button } from '../../ui/button.tsx'
import { CostFields } from './cost-fields.tsx'
import { useDraft } from './draft.ts'
import { LookFields } from './look-fields.tsx'
import { SaveBar } from './save-bar.tsx'
import { Trials } from './trials.tsx'
import { WhoFields } from './who-fields.tsx'

/** Who describes, how closely it looks, and what it may cost; tried on three pictures before it is saved. */
export function SetupPart({ overview }: { overview: AnalysisOverview }) {
  const draft = useDraft(overview.settings)
  const { analyser, baseUrl, model } = draft.settings
  const hasModel = analyser !== 'builtin'
  const trouble =
    analyser === 'compatible' && !/^https?:\/\//.test(baseUrl.trim())
      ? 'The address of the server begins with http:// or https://.'
      : hasModel && model.trim() === ''
        ? 'Choose a model.'
        : null
  return (
    <div className="describe-form">
      <WhoFields overview={overview} draft={draft} />
      {hasModel && (
        <>
          <LookFields draft={draft} />
          <CostFields draft={draft} />
        </>
      )}
      <SaveBar draft={draft} trouble={draft.isChanged ? trouble : null}>
        {hasModel && (
          <Button kind="quiet" disabled={trouble !== null} onClick={() => runCommand('describe.try')}>
            Try first
          </Button>
        )}
      </SaveBar>
      {hasModel && <Trials draft={draft} trouble={trouble} />}
    </div>
  )
}
