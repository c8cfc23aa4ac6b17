import { type ReactNode, useCallback, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import type { Field, FieldName } from './presets.ts'

export const idOfField = (name: FieldName): string => `storage-${name}`

interface FieldRowProps {
  name: FieldName
  label: string
  hint: ReactNode
  problem: string | undefined
  children: ReactNode
}

/** A label, what is typed, and below it what belongs there, or what is wrong with it. */
export function FieldRow({ name, label, hint, problem, children }: FieldRowProps) {
  return (
    <div className="storage-field">
      <label htmlFor={idOfField(name)}>{label}</label>
      <div>
        {children}
        <p id={`${idOfField(name)}-hint`} className={problem ? 'storage-problem' : 'hint'} aria-live="polite">
          {problem ?? hint}
        </p>
      </div>
    </div>
  )
}

/** What every input of a field needs to belong to its label and hint. */
export const inputOf = (name: FieldName, problem: string | undefined) => ({
  id: idOfField(name),
  className: 'text-field',
  autoComplete: 'off',
  spellCheck: false,
  'aria-describedby': `${idOfField(name)}-hint`,
  'aria-invalid': problem !== undefined,
})

interface TextRowProps {
  field: Field
  value: string
  problem: string | undefined
  onChange: (value: string) => void
}

export function TextRow({ field, value, problem, onChange }: TextRowProps) {
  return (
    <FieldRow name={field.name} label={field.label} hint={field.hint} problem={problem}>
      <input
        {...inputOf(field.name, problem)}
        type="text"
        placeholder={field.example}
        value={value}
        onChange={event => onChange(event.target.value)}
      />
    </FieldRow>
  )
}

interface SecretRowProps {
  hint: string
  hasSaved: boolean
  /** Null: the saved one. */
  value: string | null
  problem: string | undefined
  onChange: (value: string | null) => void
}

/** Never shown again once it is saved; only replaced. */
export function SecretRow({ hint, hasSaved, value, problem, onChange }: SecretRowProps) {
  const isAsked = useRef(false)
  // The field takes the place of what was pressed, and its focus.
  const takeFocus = useCallback((input: HTMLInputElement | null) => {
    if (isAsked.current) input?.focus()
    isAsked.current = false
  }, [])
  const replace = (): void => {
    isAsked.current = true
    onChange('')
  }
  if (hasSaved && value === null) {
    return (
      <FieldRow name="secret" label="Secret key" hint="It is not shown again." problem={problem}>
        <div className="storage-secret">
          <span className="storage-saved">Saved</span>
          <Button id={idOfField('secret')} aria-label="Replace the secret key" onClick={replace}>
            Replace
          </Button>
        </div>
      </FieldRow>
    )
  }
  return (
    <FieldRow name="secret" label="Secret key" hint={hint} problem={problem}>
      <div className="storage-secret">
        <input
          {...inputOf('secret', problem)}
          type="password"
          autoComplete="new-password"
          ref={takeFocus}
          value={value ?? ''}
          onChange={event => onChange(event.target.value)}
        />
        {hasSaved && (
          <Button kind="quiet" onClick={() => onChange(null)}>
            Keep the saved one
          </Button>
        )}
      </div>
    </FieldRow>
  )
}
