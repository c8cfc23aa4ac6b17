import type { AnalysisOverview } from '../../lib/contract.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { analysers, servers } from './analysers.ts'
import type { DraftOfSettings } from './draft.ts'
import { ModelField } from './model-field.tsx'

const keysAt = 'https://platform.openai.com/api-keys'

interface Props {
  overview: AnalysisOverview
  draft: DraftOfSettings
}

/** Who describes: nobody but the program, OpenAI, or a server of one's own. */
export function WhoFields({ overview, draft }: Props) {
  const { analyser, baseUrl } = draft.settings
  return (
    <fieldset className="describe-section">
      <legend>Who describes</legend>
      <div className="choices">
        {analysers.map(({ value, name, meaning }) => (
          <label key={value} className="choice">
            <input
              type="radio"
              name="analyser"
              checked={analyser === value}
              onChange={() => {
                const { analyser: saved, model } = overview.settings
                draft.change({ analyser: value, model: value === saved ? model : '' })
                // A key that was typed for one server is not for another.
                draft.setKey(undefined)
              }}
            />
            <span>
              {name}
              <span className="hint">{meaning}</span>
            </span>
          </label>
        ))}
      </div>
      {analyser === 'compatible' && (
        <Field label="Address" hint="What the server prints when it starts, up to /v1.">
          {field => (
            <>
              <input
                {...field}
                type="url"
                className="text-field"
                spellCheck={false}
                autoComplete="off"
                placeholder={servers[0].baseUrl}
                value={baseUrl}
                onChange={event => draft.change({ baseUrl: event.target.value })}
              />
              <span className="facets">
                {servers.map(server => (
                  <button
                    key={server.name}
                    type="button"
                    className="facet"
                    aria-pressed={baseUrl === server.baseUrl}
                    title={server.baseUrl}
                    onClick={() => draft.change({ baseUrl: server.baseUrl })}
                  >
                    {server.name}
                  </button>
                ))}
              </span>
            </>
          )}
        </Field>
      )}
      {analyser !== 'builtin' && (
        <>
          <KeyField overview={overview} draft={draft} />
          <ModelField draft={draft} />
        </>
      )}
    </fieldset>
  )
}

/** Written and never shown again. */
function KeyField({ overview, draft }: Props) {
  const { notice } = overview
  const isOpenai = draft.settings.analyser === 'openai'
  // What is said of a key is of the saved analyser's.
  const keyFrom = draft.settings.analyser === overview.settings.analyser ? overview.keyFrom : null
  const isForgotten = draft.apiKey === ''
  return (
    <Field
      label="Key"
      hint={
        <>
          {keyLine(keyFrom, isOpenai, isForgotten)}
          {isOpenai && (
            <>
              {' '}
              <a href={keysAt} target="_blank" rel="noreferrer">
                Make one at OpenAI
              </a>
              .
            </>
          )}
          {notice && ` ${notice}`}
        </>
      }
    >
      {field => (
        <span className="field-row">
          <input
            {...field}
            type="password"
            className="text-field"
            autoComplete="off"
            placeholder={keyFrom ? 'Type another key to replace it' : isOpenai ? 'sk-…' : 'Most need none'}
            value={draft.apiKey ?? ''}
            onChange={event => draft.setKey(event.target.value || undefined)}
          />
          {keyFrom === 'keychain' && (
            <Button kind="quiet" aria-pressed={isForgotten} onClick={() => draft.setKey(isForgotten ? undefined : '')}>
              {isForgotten ? 'Keep it' : 'Forget it'}
            </Button>
          )}
        </span>
      )}
    </Field>
  )
}

function keyLine(keyFrom: AnalysisOverview['keyFrom'], isOpenai: boolean, isForgotten: boolean): string {
  if (isForgotten) return 'The key is forgotten when you save.'
  if (keyFrom === 'keychain') return 'A key is kept in the keychain of this computer.'
  if (keyFrom === 'environment') return 'The key comes from OPENAI_API_KEY, which goes before one that is saved here.'
  return isOpenai
    ? 'Kept in the keychain of this computer, never in the library.'
    : 'Only where your server asks for one.'
}
