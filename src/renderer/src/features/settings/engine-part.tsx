import { useState } from 'react'
import { queryClient, useCall, useCommand } from '../../lib/api.ts'
import type { EngineName, EngineOverview, Input } from '../../lib/contract.ts'
import { inngestUrlSchema } from '../../lib/contract.ts'
import { engineTitles, openDashboard } from '../../lib/engine.ts'
import { useSettings } from '../../lib/saved.ts'
import { Button } from '../../ui/button.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'

/** What does the work, and how long is kept what it did. */
export function EnginePart() {
  const { data: engine } = useCall('engine.get', {})
  return (
    <section className="settings-program" aria-labelledby="the-work">
      <h2 id="the-work">Work</h2>
      {engine && <Engine engine={engine} />}
      <KeptFor />
    </section>
  )
}

const hints: Record<EngineName, string> = {
  embedded: 'Needs nothing, works offline, and goes on after a crash.',
  server:
    'Inngest’s own dev server, with its dashboard. It has no password: every program on this computer can look into it.',
  cloud: 'Inngest Cloud, or a server of your own. Numbers leave this computer, never a picture, a name or a path.',
}

interface Draft {
  name: EngineName
  inngestUrl: string
  eventKey: string
  signingKey: string
}

function Engine({ engine }: { engine: EngineOverview }) {
  const [draft, setDraft] = useState<Draft | null>(null)
  const choose = useCommand('engine.choose')
  const forget = useCommand('engine.forgetKeys')
  const shown = draft ?? { name: engine.name, inngestUrl: engine.inngestUrl, eventKey: '', signingKey: '' }
  const change = (changes: Partial<Draft>): void => setDraft({ ...shown, ...changes })
  const take = (overview: EngineOverview): void => {
    queryClient.setQueryData(['engine.get', {}], overview)
    setDraft(null)
  }
  if (engine.forcedBy !== null) {
    return (
      <>
        <p>{engineTitles[engine.name]}</p>
        <p className="hint">{engine.forcedBy} says what does the work. Start Burg Ink without it to choose here.</p>
        <Standing engine={engine} />
      </>
    )
  }
  return (
    <>
      <Field label="Done by" hint={hints[shown.name]}>
        {field => (
          <Select field={field} value={shown.name} options={engineTitles} onChange={name => change({ name })} />
        )}
      </Field>
      {shown.name === 'cloud' && <CloudFields draft={shown} hasKeys={engine.hasKeys} onChange={change} />}
      <Standing engine={engine} />
      <Fault error={choose.error ?? forget.error} />
      <p className="form-actions">
        {isChanged(shown, engine) && (
          <>
            <Button
              kind="primary"
              disabled={choose.isPending || !isWhole(shown, engine)}
              onClick={() => choose.mutate(orderOf(shown), { onSuccess: take })}
            >
              {choose.isPending ? 'Handing over …' : 'Hand the work over'}
            </Button>
            <Button disabled={choose.isPending} onClick={() => setDraft(null)}>
              Leave it
            </Button>
          </>
        )}
        {engine.dashboardUrl !== null && <Button onClick={openDashboard}>Open Inngest’s dashboard</Button>}
        {engine.hasKeys && (
          <Button kind="quiet" disabled={forget.isPending} onClick={() => forget.mutate({}, { onSuccess: take })}>
            Forget the keys
          </Button>
        )}
      </p>
    </>
  )
}

const isChanged = (draft: Draft, engine: EngineOverview): boolean =>
  draft.name !== engine.name ||
  (draft.name === 'cloud' && (draft.inngestUrl !== engine.inngestUrl || draft.eventKey + draft.signingKey !== ''))

const isWhole = ({ name, inngestUrl, eventKey, signingKey }: Draft, { hasKeys }: EngineOverview): boolean =>
  name !== 'cloud' ||
  (inngestUrlSchema.safeParse(inngestUrl).success && (hasKeys || (eventKey.trim() !== '' && signingKey.trim() !== '')))

function orderOf({ name, inngestUrl, eventKey, signingKey }: Draft): Input<'engine.choose'> {
  if (name !== 'cloud') return { name }
  return {
    name,
    inngestUrl,
    ...(eventKey.trim() && { eventKey: eventKey.trim() }),
    ...(signingKey.trim() && { signingKey: signingKey.trim() }),
  }
}

interface CloudFieldsProps {
  draft: Draft
  hasKeys: boolean
  onChange: (changes: Partial<Draft>) => void
}

function CloudFields({ draft, hasKeys, onChange }: CloudFieldsProps) {
  const fault = inngestUrlSchema.safeParse(draft.inngestUrl).error?.issues[0]?.message
  return (
    <>
      <Field label="Address" hint={fault ?? 'Of a server of your own. Empty: Inngest Cloud.'}>
        {field => (
          <input
            {...field}
            type="url"
            className="text-field"
            autoComplete="off"
            spellCheck={false}
            aria-invalid={fault !== undefined}
            value={draft.inngestUrl}
            onChange={event => onChange({ inngestUrl: event.target.value })}
          />
        )}
      </Field>
      <KeyField
        label="Event key"
        value={draft.eventKey}
        hasKeys={hasKeys}
        onChange={eventKey => onChange({ eventKey })}
      />
      <KeyField
        label="Signing key"
        hint="Both are kept in the keychain of this computer."
        value={draft.signingKey}
        hasKeys={hasKeys}
        onChange={signingKey => onChange({ signingKey })}
      />
    </>
  )
}

interface KeyFieldProps {
  label: string
  hint?: string
  value: string
  hasKeys: boolean
  onChange: (value: string) => void
}

/** What is typed is never shown; left empty, what is saved stays. */
function KeyField({ label, hint, value, hasKeys, onChange }: KeyFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {field => (
        <input
          {...field}
          type="password"
          className="text-field"
          autoComplete="off"
          placeholder={hasKeys ? 'As saved' : undefined}
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** Whether what does the work is there. */
function Standing({ engine: { standing, notice, chosen } }: { engine: EngineOverview }) {
  if (notice) return <p className="error-line">{notice}</p>
  if (standing.kind === 'away') return <p className="error-line">{standing.message}</p>
  if (chosen === 'embedded') return null
  return <p className="hint">{standing.kind === 'starting' ? 'It is being started.' : 'It is there.'}</p>
}

const keptDays = { '1': 'A day', '7': 'A week', '30': '30 days', '90': '90 days' } as const

function KeptFor() {
  const { shown: settings, save, error } = useSettings()
  if (!settings) return null
  const days = String(settings.runsKeptDays)
  const options: Record<string, string> = days in keptDays ? keptDays : { [days]: `${days} days`, ...keptDays }
  return (
    <Field label="Shown in Activity for" hint="Of work that went well, the last 100,000 pieces at most.">
      {field => (
        <>
          <Select
            field={field}
            value={days}
            options={options}
            onChange={value => save({ runsKeptDays: Number(value) })}
          />
          <Fault error={error} />
        </>
      )}
    </Field>
  )
}
