import { type ReactNode, useState } from 'react'
import { messageOf, useCall, useCommand } from '../../lib/api.ts'
import { Button } from '../../ui/button.tsx'
import { looksLikeClientId } from './client-id.ts'

const consoleAt = 'https://console.cloud.google.com'

function Console({ path, children }: { path: string; children: ReactNode }) {
  return (
    <a href={`${consoleAt}${path}`} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}

/** Google lets a program in by a client that belongs to a person: how to make one, and where to put it. */
export function ClientSetup({ onCancel, onSaved }: { onCancel?: () => void; onSaved: () => void }) {
  return (
    <main className="page drive-setup">
      <div className="page-column">
        <h1>Google Drive: once, a client of your own</h1>
        <p className="quiet">
          Burg Ink speaks with Google from this computer, with no service in between. Google wants to know the program
          by a client that you make yourself. It costs nothing and takes about five minutes.
        </p>
        <Guide />
        <ClientForm onSaved={onSaved} {...(onCancel && { onCancel })} />
      </div>
    </main>
  )
}

function Guide() {
  return (
    <ol className="drive-guide">
      <li>
        Make a <Console path="/projectcreate">new project</Console> in the Google Cloud console. Any name will do.
      </li>
      <li>
        Enable the <Console path="/apis/library/drive.googleapis.com">Google Drive API</Console> in it.
      </li>
      <li>
        Fill in the <Console path="/auth/overview">consent screen</Console>: a name, your address, and{' '}
        <strong>External</strong> as the audience. Add yourself as a test user.
      </li>
      <li>
        Under <Console path="/auth/audience">Audience</Console>, press <strong>Publish app</strong>. While the app is in
        testing, Google ends every sign-in after 7 days. It need not be verified for your own use: at the sign-in choose
        Advanced, then continue.
      </li>
      <li>
        Under <Console path="/auth/clients">Clients</Console>, create a client of the kind <strong>Desktop app</strong>,
        and copy its ID and its secret to here.
      </li>
    </ol>
  )
}

function ClientForm({ onCancel, onSaved }: { onCancel?: () => void; onSaved: () => void }) {
  const settings = useCall('settings.get', {})
  const [typedId, setTypedId] = useState<string>()
  const [secret, setSecret] = useState('')
  const save = useCommand('account.setClient', ['accounts.list'])
  const clientId = typedId ?? settings.data?.googleClientId ?? ''
  const isOddId = clientId.trim() !== '' && !looksLikeClientId(clientId)
  const isComplete = looksLikeClientId(clientId) && secret.trim() !== ''

  const run = async (): Promise<void> => {
    await save.mutateAsync({ clientId: clientId.trim(), clientSecret: secret.trim() })
    onSaved()
  }
  return (
    <form
      className="drive-client"
      onSubmit={event => {
        event.preventDefault()
        if (isComplete) void run().catch(() => undefined)
      }}
    >
      <label>
        <span>Client ID</span>
        <input
          type="text"
          className="text-field"
          spellCheck={false}
          autoComplete="off"
          placeholder="….apps.googleusercontent.com"
          value={clientId}
          onChange={event => setTypedId(event.target.value)}
        />
      </label>
      <label>
        <span>Client secret</span>
        <input
          type="password"
          className="text-field"
          autoComplete="off"
          value={secret}
          onChange={event => setSecret(event.target.value)}
        />
      </label>
      <p className={save.error ? 'error-line' : 'hint'} aria-live="polite">
        {save.error ? messageOf(save.error) : isOddId ? oddIdLine : secretLine}
      </p>
      <p className="form-actions">
        <Button kind="primary" type="submit" disabled={!isComplete || save.isPending}>
          Save
        </Button>
        {onCancel && (
          <Button kind="quiet" onClick={onCancel}>
            Back
          </Button>
        )}
      </p>
    </form>
  )
}

const oddIdLine = 'A client ID ends with .apps.googleusercontent.com.'
const secretLine = 'The secret is kept with your accounts, never in the library.'
