import type { FormEvent } from 'react'
import { messageOf } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { StorageOverview, StorageSettings } from '../../lib/contract.ts'
import { presetTitles } from '../../lib/storage-words.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { ConnectionSteps } from './connection-steps.tsx'
import { isDirty, typedIn, withBudget, withField, withPreset } from './draft.ts'
import { FieldRow, inputOf, SecretRow, TextRow } from './field-row.tsx'
import { type Field, keyField, type Preset, prefixField, presets } from './presets.ts'
import { type StoreForm as Form, useStoreForm } from './use-store-form.ts'

/** Where originals are kept: on this computer alone, or in a store in the cloud as well, and in which. */
export function StoreForm({ overview }: { overview: StorageOverview }) {
  const form = useStoreForm(overview)
  const { settings } = form.draft
  const isCloud = settings.keepsIn === 'cloud'
  useCommands([
    {
      id: 'storage.save',
      title: 'Save where originals are kept',
      group: 'Originals',
      keys: ['Mod+Enter'],
      worksWhileTyping: true,
      run: form.save,
    },
    {
      id: 'storage.test',
      title: 'Test the connection with the store',
      group: 'Originals',
      isAvailable: () => isCloud,
      run: form.test,
    },
  ])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    form.save()
  }
  return (
    <form className="storage-form" onSubmit={submit} noValidate>
      <Choice
        name="Where originals are kept"
        value={settings.keepsIn}
        options={[
          {
            value: 'disk',
            title: 'On this computer',
            text: 'In the library folder. Nothing leaves this computer.',
          },
          {
            value: 'cloud',
            title: 'Also in the cloud',
            text: 'On this computer first, then in a store that you rent: a second copy, elsewhere.',
          },
        ]}
        onChange={keepsIn => form.change({ ...form.draft, settings: { ...settings, keepsIn } })}
      />
      {isCloud && <StoreFields form={form} overview={overview} />}
      <FormFoot form={form} overview={overview} />
    </form>
  )
}

const presetNames = Object.keys(presetTitles) as Preset[]

function StoreFields({ form, overview }: { form: Form; overview: StorageOverview }) {
  const { draft, problems, change, set } = form
  const { settings } = draft
  const { place, secretHint } = presets[settings.preset]
  const row = (field: Field) => (
    <TextRow
      key={field.name}
      field={field}
      value={typedIn(draft, field.name)}
      problem={problems[field.name]}
      onChange={value => change(withField(draft, field.name, value))}
    />
  )
  return (
    <>
      <h2>Store</h2>
      <Choice
        isRow
        name="Kind of store"
        value={settings.preset}
        options={presetNames.map(value => ({ value, title: presetTitles[value] }))}
        onChange={preset => change(withPreset(draft, preset, overview.settings))}
      />
      <div className="storage-fields">
        {place.map(row)}
        {row(keyField)}
        <SecretRow
          hint={secretHint}
          hasSaved={overview.hasSecret}
          value={draft.secret}
          problem={problems.secret}
          onChange={secret => change({ ...draft, secret })}
        />
        {row(prefixField)}
        {settings.preset === 'custom' && (
          <Check
            title="The bucket is in the path"
            text="https://server/bucket and not https://bucket.server: MinIO, Ceph and most servers of one's own."
            isOn={settings.isPathStyle}
            onChange={isPathStyle => set({ isPathStyle })}
          />
        )}
      </div>
      {overview.notice && <p className="hint">{overview.notice}</p>}
      <h2>Who can see them</h2>
      <Choice
        name="Who can see originals"
        value={settings.isPublic ? 'public' : 'private'}
        options={[
          {
            value: 'private',
            title: 'Private',
            text: 'Only with your key. A link that you copy works for a week at most.',
          },
          {
            value: 'public',
            title: 'Public',
            text: 'Everyone who knows an original’s address can see it, for good: for a website or a shop. Addresses cannot be guessed.',
          },
        ]}
        onChange={value => set({ isPublic: value === 'public' })}
      />
      {settings.isPublic && <PublicFields form={form} row={row} />}
      <h2>Room on this computer</h2>
      <Budget form={form} />
      <ConnectionSteps report={form.report} isRunning={form.isTesting} error={form.testError} />
    </>
  )
}

function PublicFields({ form, row }: { form: Form; row: (field: Field) => React.ReactNode }) {
  const { settings } = form.draft
  return (
    <div className="storage-fields">
      {settings.preset === 'spaces' && (
        <Check
          title="The CDN of Spaces is on for this bucket"
          text="Links then begin with its address, and are answered from near to whoever looks."
          isOn={settings.usesCdn}
          onChange={usesCdn => form.set({ usesCdn })}
        />
      )}
      {row(presets[settings.preset].publicAddress)}
    </div>
  )
}

function Budget({ form }: { form: Form }) {
  const { draft, problems, change } = form
  const isOn = draft.settings.localBudgetBytes !== null
  return (
    <div className="storage-fields is-flush">
      <Check
        title="Keep only so much here"
        text="What was looked at least leaves this computer first, once the store has it for certain. Previews always stay: browsing and searching need no network, only an original as a whole does."
        isOn={isOn}
        onChange={next => change(withBudget(draft, next ? draft.budget : null))}
      />
      {isOn && (
        <FieldRow name="budget" label="At most" hint="Of originals, in GB." problem={problems.budget}>
          <input
            {...inputOf('budget', problems.budget)}
            type="text"
            inputMode="decimal"
            value={draft.budget}
            onChange={event => change(withBudget(draft, event.target.value))}
          />
        </FieldRow>
      )}
    </div>
  )
}

interface CheckProps {
  title: string
  text: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}

function Check({ title, text, isOn, onChange }: CheckProps) {
  return (
    <label className="check-row">
      <input type="checkbox" checked={isOn} onChange={event => onChange(event.target.checked)} />
      <span>
        {title}
        <br />
        <span className="quiet">{text}</span>
      </span>
    </label>
  )
}

function FormFoot({ form, overview }: { form: Form; overview: StorageOverview }) {
  const { draft, saveError } = form
  const isChanged = isDirty(draft, overview.settings)
  return (
    <>
      <p className={saveError ? 'storage-problem' : 'hint'} aria-live="polite">
        {saveError ? messageOf(saveError) : footLine(draft.settings, overview, isChanged)}
      </p>
      <p className="form-actions">
        <Button kind="primary" type="submit" keyName="Mod+Enter" disabled={form.isSaving || !isChanged}>
          Save
        </Button>
        {draft.settings.keepsIn === 'cloud' && (
          <Button onClick={form.test} disabled={form.isTesting}>
            Test connection
          </Button>
        )}
        {isChanged && (
          <Button kind="quiet" onClick={form.undo}>
            Undo changes
          </Button>
        )}
      </p>
    </>
  )
}

/** What saving will do, where there is something to save. */
function footLine(
  settings: StorageSettings,
  { cloudOnly, settings: saved }: StorageOverview,
  isChanged: boolean,
): string {
  if (!isChanged) return 'Everything is saved.'
  if (settings.keepsIn === 'disk' && saved.keepsIn === 'cloud') {
    return cloudOnly.count > 0
      ? 'Nothing more is sent. Some originals are only in the cloud: move them back to this computer first.'
      : 'Nothing more is sent. What is in the store stays there.'
  }
  return 'Not saved yet. What is typed here waits for you until the page is closed.'
}
