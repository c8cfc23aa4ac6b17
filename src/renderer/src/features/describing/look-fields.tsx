import { useCall } from '../../lib/api.ts'
import { go } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { PromptSelect } from '../../ui/prompt-select.tsx'
import { details } from './analysers.ts'
import type { DraftOfSettings } from './draft.ts'

const languages = ['English', 'Deutsch', 'Français', 'Español', 'Italiano', '日本語']

/** How closely the model looks, and how it answers. */
export function LookFields({ draft }: { draft: DraftOfSettings }) {
  const prompts = useCall('prompts.list', {})
  const { detail, language, promptId } = draft.settings
  return (
    <fieldset className="describe-section">
      <legend>How it describes</legend>
      <div className="field">
        <span className="field-name">Detail</span>
        <span className="field-body">
          <span className="segments" role="radiogroup" aria-label="Detail">
            {details.map(({ value, name }) => (
              // biome-ignore lint/a11y/useSemanticElements: three buttons that are one choice.
              <button
                key={value}
                type="button"
                role="radio"
                className="facet"
                aria-checked={detail === value}
                onClick={() => draft.change({ detail: value })}
              >
                {name}
              </button>
            ))}
          </span>
          <span className="hint">{details.find(({ value }) => value === detail)?.meaning}</span>
        </span>
      </div>
      <Field label="Language" hint="What the answers are written in, as you would say it.">
        {field => (
          <>
            <input
              {...field}
              type="text"
              className="text-field is-short"
              list="describe-languages"
              maxLength={40}
              placeholder="English"
              value={language}
              onChange={event => draft.change({ language: event.target.value })}
            />
            <datalist id="describe-languages">
              {languages.map(each => (
                <option key={each} value={each} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label="Prompt">
        {field => (
          <div className="field-row">
            <PromptSelect
              field={field}
              prompts={prompts.data?.prompts ?? []}
              promptId={promptId}
              onChange={id => draft.change({ promptId: id })}
            />
            <Button kind="quiet" onClick={() => go({ describe: 'prompts' }, { replaces: true })}>
              Edit prompts
            </Button>
          </div>
        )}
      </Field>
    </fieldset>
  )
}
