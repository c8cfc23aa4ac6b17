import type { ReactNode } from 'react'
import { useCommand } from '../../lib/api.ts'
import type { HostFacts, ProgramPreferences, UpdateState } from '../../lib/contract.ts'
import { formatShare } from '../../lib/format.ts'
import { useHost } from '../../lib/host.ts'
import { usePreferences } from '../../lib/saved.ts'
import { updateLine } from '../../lib/update-words.ts'
import { Button } from '../../ui/button.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'

/** What the program around the page can do, and what of it can be set. */
export function ProgramPart() {
  const host = useHost()
  if (!host) return null
  const { version, preferences, update } = host
  return (
    <section className="settings-program" aria-labelledby="this-program">
      <h2 id="this-program">This program</h2>
      <p className="quiet">Burg Ink {version}</p>
      {preferences && <Preferences preferences={preferences} update={update} />}
    </section>
  )
}

function Preferences({ preferences, update }: { preferences: ProgramPreferences; update: HostFacts['update'] }) {
  return (
    <>
      <WhenClosed preferences={preferences} />
      <AtLogin preferences={preferences} />
      {update && <Updates preferences={preferences} update={update} />}
    </>
  )
}

const closings = { ask: null, yes: true, no: false } as const
type Closing = keyof typeof closings
const closingOf = (goesOn: boolean | null): Closing => (goesOn === null ? 'ask' : goesOn ? 'yes' : 'no')

function WhenClosed({ preferences }: { preferences: ProgramPreferences }) {
  const { shown, save, error } = usePreferences(preferences)
  return (
    <Field
      label="When the window is closed"
      hint="In the background it is in the menu bar or beside the clock, and imports and descriptions go on."
    >
      {field => (
        <>
          <Select
            field={field}
            value={closingOf(shown.goesOnInBackground)}
            options={{ ask: 'Ask, if something is under way', yes: 'Go on in the background', no: 'End Burg Ink' }}
            onChange={value => save({ goesOnInBackground: closings[value] })}
          />
          <Fault error={error} />
        </>
      )}
    </Field>
  )
}

function AtLogin({ preferences }: { preferences: ProgramPreferences }) {
  const { shown, save, error } = usePreferences(preferences)
  return (
    <>
      <label className="check-row">
        <input
          type="checkbox"
          checked={shown.startsAtLogin}
          onChange={event => save({ startsAtLogin: event.target.checked })}
        />
        <span>
          Start at login
          <br />
          <span className="quiet">So that watched folders are kept in step, and what was begun goes on.</span>
        </span>
      </label>
      <Fault error={error} />
    </>
  )
}

function Updates({ preferences, update }: { preferences: ProgramPreferences; update: UpdateState }) {
  const { shown, save, error } = usePreferences(preferences)
  return (
    <Field label="Updates" hint={<UpdateLine update={update} />}>
      {field => (
        <>
          <span className="settings-update">
            <Select
              field={field}
              value={shown.updateChannel}
              options={{ latest: 'Stable', beta: 'Beta', off: 'Off' }}
              onChange={updateChannel => save({ updateChannel })}
            />
            {update.kind === 'ready' && <Restart />}
          </span>
          <Fault error={error} />
        </>
      )}
    </Field>
  )
}

function Restart() {
  const install = useCommand('update.install')
  return (
    <>
      <Button kind="primary" disabled={install.isPending} onClick={() => install.mutate({})}>
        Restart to update
      </Button>
      <Fault error={install.error} />
    </>
  )
}

function UpdateLine({ update }: { update: UpdateState }): ReactNode {
  const line = updateLine(update)
  if (update.kind === 'failed') return <span className="settings-fault">{line}</span>
  if (update.kind !== 'downloading') return line
  return (
    <span className="settings-download">
      {line}
      <span className="status-bar" aria-hidden="true">
        <span style={{ width: formatShare(update.share).replace(' ', '') }} />
      </span>
    </span>
  )
}
