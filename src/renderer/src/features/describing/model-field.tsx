import { useMutation } from '@tanstack/react-query'
import { type KeyboardEvent, useCallback, useState } from 'react'
import { messageOf, transport } from '../../lib/api.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Popover } from '../../ui/popover.tsx'
import { type DraftOfSettings, draftInput } from './draft.ts'

/** The name of a model: typed, or taken from those the server offers. */
export function ModelField({ draft }: { draft: DraftOfSettings }) {
  const [isOpen, setIsOpen] = useState(false)
  const close = useCallback(() => setIsOpen(false), [])
  const offered = useMutation({
    mutationFn: () => transport.call('analysis.models', draftInput(draft)),
    networkMode: 'always',
  })
  const open = (): void => {
    setIsOpen(!isOpen)
    if (!isOpen) offered.mutate()
  }
  const take = (model: string): void => {
    draft.change({ model })
    close()
  }
  return (
    <Field label="Model" hint="It has to be able to see pictures. Any name can be typed.">
      {field => (
        <div className="field-row popover-anchor">
          <input
            {...field}
            type="text"
            className="text-field"
            spellCheck={false}
            autoComplete="off"
            placeholder={draft.settings.analyser === 'openai' ? 'gpt-5.4-mini' : 'qwen3-vl:8b'}
            value={draft.settings.model}
            onChange={event => draft.change({ model: event.target.value })}
          />
          <Button aria-expanded={isOpen} onClick={open}>
            Choose …
          </Button>
          {isOpen && (
            <Popover label="Models" onClose={close}>
              <div className="model-list" data-owns-arrows>
                {offered.isPending && <p className="hint">Asking the server …</p>}
                {offered.error && <p className="error-line">{messageOf(offered.error)}</p>}
                {offered.data?.models.length === 0 && (
                  <p className="hint">The server offers none. Load a model that can see pictures, then look again.</p>
                )}
                {offered.data?.models.map((model, place) => (
                  <button
                    key={model}
                    type="button"
                    aria-pressed={model === draft.settings.model}
                    // biome-ignore lint/a11y/noAutofocus: the list was asked for, and the keys go into it.
                    autoFocus={place === 0}
                    onKeyDown={moveInList}
                    onClick={() => take(model)}
                  >
                    {model}
                  </button>
                ))}
              </div>
            </Popover>
          )}
        </div>
      )}
    </Field>
  )
}

function moveInList(event: KeyboardEvent<HTMLElement>): void {
  const { activeElement } = document
  const next = { ArrowDown: activeElement?.nextElementSibling, ArrowUp: activeElement?.previousElementSibling }[
    event.key
  ]
  if (!(next instanceof HTMLElement)) return
  event.preventDefault()
  next.focus()
}
