import { useState } from 'react'
import { messageOf, useCall, useCommand } from '../lib/api.ts'
import { useCommands } from '../lib/commands.ts'
import type { AnalysisSettings, Chosen, Estimate } from '../lib/contract.ts'
import { plural } from '../lib/format.ts'
import { Button } from './button.tsx'
import { batchPrice, livePrice, picturesLine, pricesLine } from './estimate-lines.ts'
import { Field, UsdInput } from './field.tsx'
import { PromptSelect } from './prompt-select.tsx'
import './describe-panel.css'

interface PanelProps {
  chosen: Chosen
  settings: AnalysisSettings
  onStarted: (pictures: number) => void
}

/** What a run would cost, by which prompt and model it goes, and the button that starts it. */
export function DescribePanel({ chosen, settings, onStarted }: PanelProps) {
  const prompts = useCall('prompts.list', {})
  const [promptId, setPromptId] = useState(settings.promptId)
  const [model, setModel] = useState(settings.model)
  const [usesBatch, setUsesBatch] = useState(settings.usesBatch)
  const [capUsd, setCapUsd] = useState(settings.runCapUsd)
  const hasBatch = settings.analyser === 'openai'
  const isPaid = hasBatch || settings.ownPrice !== null
  const recipe = {
    ...(promptId !== settings.promptId && { promptId }),
    ...(model.trim() !== settings.model && { model: model.trim() }),
  }
  const estimate = useCall('analysis.estimate', { chosen, ...recipe }, { keepsPrevious: true })
  const start = useCommand('analysis.run')
  const pictures = estimate.data?.pictures ?? 0
  const canStart = pictures > 0 && model.trim() !== '' && !start.isPending
  const run = (): void =>
    start.mutate(
      { chosen, ...recipe, ...(hasBatch && { usesBatch }), ...(isPaid && { capUsd }) },
      { onSuccess: () => onStarted(pictures) },
    )
  useCommands([
    {
      id: 'describe.start',
      title: 'Start describing',
      group: 'Descriptions',
      keys: ['Mod+Enter'],
      worksWhileTyping: true,
      isAvailable: () => canStart,
      run,
    },
  ])
  const error = start.error ?? estimate.error
  return (
    <div className="describe-panel">
      <Field label="Prompt">
        {field => (
          <PromptSelect
            field={field}
            prompts={prompts.data?.prompts ?? []}
            promptId={promptId}
            onChange={setPromptId}
          />
        )}
      </Field>
      <Field label="Model">
        {field => (
          <input
            {...field}
            type="text"
            className="text-field"
            spellCheck={false}
            autoComplete="off"
            value={model}
            onChange={event => setModel(event.target.value)}
          />
        )}
      </Field>
      {hasBatch && <Lanes estimate={estimate.data} usesBatch={usesBatch} onChange={setUsesBatch} />}
      {isPaid && (
        <Field label="At most">
          {field => <UsdInput field={field} usd={capUsd} placeholder="No cap" onChange={setCapUsd} />}
        </Field>
      )}
      <div className="panel-foot">
        <Button kind="primary" keyName="Mod+Enter" disabled={!canStart} onClick={run}>
          Describe {plural(pictures, 'picture')}
        </Button>
        <p className={error ? 'error-line' : 'hint'} aria-live="polite">
          {error
            ? messageOf(error)
            : estimate.data
              ? noteOf(estimate.data, hasBatch)
              : 'Looking at what it would cost …'}
        </p>
      </div>
    </div>
  )
}

/** With the price where no lanes say it; free ones need none. */
function noteOf(estimate: Estimate, hasLanes: boolean): string {
  const price = hasLanes || estimate.usd === 0 ? null : `Price: ${livePrice(estimate)}.`
  return [picturesLine(estimate), price, pricesLine(estimate), estimate.notice].filter(Boolean).join(' ')
}

interface LanesProps {
  estimate: Estimate | undefined
  usesBatch: boolean
  onChange: (usesBatch: boolean) => void
}

function Lanes({ estimate, usesBatch, onChange }: LanesProps) {
  const lanes = [
    { name: 'Now', price: estimate && livePrice(estimate), isBatch: false },
    { name: 'Within a day, half price', price: estimate && batchPrice(estimate), isBatch: true },
  ]
  return (
    <fieldset className="lanes">
      <legend className="visually-hidden">When, and for how much</legend>
      {lanes.map(({ name, price, isBatch }) => (
        <label key={name} className="lane">
          <input type="radio" name="lane" checked={usesBatch === isBatch} onChange={() => onChange(isBatch)} />
          <span>{name}</span>
          <span className="lane-price">{price ?? '\u00a0'}</span>
        </label>
      ))}
    </fieldset>
  )
}
