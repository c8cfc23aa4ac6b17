import { type ReactNode, useId, useState } from 'react'
import { currencySchema, inventoryPatternSchema, type SizeUnit } from '../../../../shared/artworks.ts'
import type { Settings } from '../../lib/contract.ts'
import { pageSizeTitles } from '../../lib/printing-words.ts'
import { useSettings } from '../../lib/saved.ts'
import { Fault } from '../../ui/fault.tsx'
import { Select } from '../../ui/select.tsx'

const unitTitles: Record<SizeUnit, string> = { mm: 'mm', cm: 'cm', in: 'in' }

/** How works are numbered, measured, sold and printed. */
export function ArtworksPart() {
  const { shown: settings, save, error } = useSettings()
  if (!settings) return null
  return (
    <>
      <h2>Artworks</h2>
      <TextLine
        settings={settings}
        name="inventoryPattern"
        label="Inventory numbers"
        hint="{year}, {yy} and {number} or {number:3} for three digits. No number is given twice, and none that was given changes."
        faultOf={text => inventoryPatternSchema.safeParse(text).error?.issues[0]?.message ?? null}
        onSave={inventoryPattern => save({ inventoryPattern })}
      />
      <Line label="Sizes in">
        {id => (
          <Select
            field={{ id }}
            value={settings.sizeUnit}
            options={unitTitles}
            onChange={sizeUnit => save({ sizeUnit })}
          />
        )}
      </Line>
      <TextLine
        settings={settings}
        name="currency"
        label="Prices in"
        hint="Where you write no currency."
        faultOf={text => currencySchema.safeParse(text.toUpperCase()).error?.issues[0]?.message ?? null}
        onSave={currency => save({ currency: currency.toUpperCase() })}
      />
      <TextLine
        settings={settings}
        name="artistName"
        label="Artist"
        hint="On catalogues and wall labels."
        faultOf={text => (text.length > 200 ? 'A name has at most 200 letters.' : null)}
        onSave={artistName => save({ artistName })}
      />
      <Line label="Paper">
        {id => (
          <Select
            field={{ id }}
            value={settings.pageSize}
            options={pageSizeTitles}
            onChange={pageSize => save({ pageSize })}
          />
        )}
      </Line>
      <Fault error={error} />
    </>
  )
}

function Line({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="settings-line">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}

interface TextLineProps {
  settings: Settings
  name: 'inventoryPattern' | 'currency' | 'artistName'
  label: string
  hint: string
  faultOf: (text: string) => string | null
  onSave: (text: string) => void
}

function TextLine({ settings, name, label, hint, faultOf, onSave }: TextLineProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const fault = typed === null ? null : faultOf(typed.trim())
  const end = (): void => {
    if (typed === null || fault !== null) return
    if (typed.trim() !== settings[name]) onSave(typed.trim())
    setTyped(null)
  }
  return (
    <div>
      <Line label={label}>
        {id => (
          <input
            id={id}
            type="text"
            className="text-field settings-short"
            autoComplete="off"
            spellCheck={false}
            aria-invalid={fault !== null}
            aria-describedby={`${id}-hint`}
            value={typed ?? settings[name]}
            onChange={event => setTyped(event.target.value)}
            onBlur={end}
            onKeyDown={event => event.key === 'Enter' && end()}
          />
        )}
      </Line>
      <p className={fault ? 'error-line' : 'hint'} aria-live="polite">
        {fault ?? hint}
      </p>
    </div>
  )
}
