import { Field, UsdInput } from '../../ui/field.tsx'
import type { DraftOfSettings } from './draft.ts'

/** When pictures are described, and the most that may be spent on it. */
export function CostFields({ draft }: { draft: DraftOfSettings }) {
  const { settings, change } = draft
  const isOpenai = settings.analyser === 'openai'
  const isPaid = isOpenai || settings.ownPrice !== null
  return (
    <fieldset className="describe-section">
      <legend>{isPaid ? 'When, and what it may cost' : 'When'}</legend>
      <label className="check-row">
        <input
          type="checkbox"
          checked={settings.isAutomatic}
          onChange={event => change({ isAutomatic: event.target.checked })}
        />
        <span>
          Describe new pictures by themselves
          <span className="hint">As they come in. Without it, pictures are described when you say so.</span>
        </span>
      </label>
      {isOpenai && (
        <label className="check-row">
          <input
            type="checkbox"
            checked={settings.usesBatch}
            onChange={event => change({ usesBatch: event.target.checked })}
          />
          <span>
            Half price, within a day
            <span className="hint">
              OpenAI’s Batch API: the same answers for half the money, as soon as OpenAI has time. Each run can choose
              otherwise.
            </span>
          </span>
        </label>
      )}
      <OwnPrice draft={draft} />
      {isPaid && (
        <>
          <Field label="Most a day" hint="Nothing more is sent once it is reached; it goes on the next day.">
            {field => (
              <UsdInput
                field={field}
                usd={settings.dayCapUsd}
                placeholder="No cap"
                onChange={dayCapUsd => change({ dayCapUsd })}
              />
            )}
          </Field>
          <Field label="Most a run" hint="A run that reaches it is paused. Another run can go on with the rest.">
            {field => (
              <UsdInput
                field={field}
                usd={settings.runCapUsd}
                placeholder="No cap"
                onChange={runCapUsd => change({ runCapUsd })}
              />
            )}
          </Field>
        </>
      )}
      <Field
        label="Embedding"
        hint="Optional: a model that makes descriptions comparable, so that pictures of like meaning are found."
      >
        {field => (
          <input
            {...field}
            type="text"
            className="text-field"
            spellCheck={false}
            autoComplete="off"
            placeholder={isOpenai ? 'text-embedding-3-small' : 'nomic-embed-text'}
            value={settings.embeddingModel}
            onChange={event => change({ embeddingModel: event.target.value })}
          />
        )}
      </Field>
    </fieldset>
  )
}

/** For a model that Burg Ink has no price of: without one, a cap could not hold. */
function OwnPrice({ draft: { settings, change } }: { draft: DraftOfSettings }) {
  const price = settings.ownPrice
  const set = (part: { input?: number | null; output?: number | null }): void => {
    const next = { input: price?.input ?? 0, output: price?.output ?? 0, ...part }
    const isEmpty = !next.input && !next.output
    change({ ownPrice: isEmpty ? null : { input: next.input ?? 0, output: next.output ?? 0 } })
  }
  return (
    <div className="field">
      <span className="field-name">Own price</span>
      <span className="field-body">
        <span className="field-row">
          <UsdInput
            usd={price?.input ?? null}
            label="US dollars for a million tokens in"
            placeholder="in"
            onChange={input => set({ input })}
          />
          <UsdInput
            usd={price?.output ?? null}
            label="US dollars for a million tokens out"
            placeholder="out"
            onChange={output => set({ output })}
          />
        </span>
        <span className="hint">
          For a million tokens in and out.{' '}
          {settings.analyser === 'openai'
            ? 'Only where Burg Ink does not know the price of the model.'
            : 'Only where your server charges for it; then there are caps, too.'}
        </span>
      </span>
    </div>
  )
}
