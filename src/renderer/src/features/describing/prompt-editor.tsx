import { useRef, useState } from 'react'
import { messageOf, queryClient, useCommand } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { AnalysisOverview, AnalysisSettings, Prompt } from '../../lib/contract.ts'
import { tell, tellFailure } from '../../lib/notice.ts'
import { Button } from '../../ui/button.tsx'
import { saveSettings } from './draft.ts'
import { promptVariables, variableTrouble, withVariable } from './prompt-variables.ts'
import { Trials } from './trials.tsx'

interface EditorProps {
  /** Null: the one that comes with the program, which can be read and duplicated. */
  prompt: Prompt | null
  defaultText: string
  overview: AnalysisOverview
  onDuplicate: () => void
  onRemoved: () => void
}

export function PromptEditor({ prompt, defaultText, overview, onDuplicate, onRemoved }: EditorProps) {
  const [name, setName] = useState(prompt?.name ?? '')
  const [text, setText] = useState(prompt?.text ?? defaultText)
  const area = useRef<HTMLTextAreaElement>(null)
  const save = useCommand('prompt.save', ['prompts.list'])
  const { settings } = overview
  const isInUse = settings.promptId === (prompt?.id ?? null)
  const trouble = text.trim() === '' ? 'The prompt is empty.' : variableTrouble(text)
  const isChanged = prompt !== null && (name !== prompt.name || text !== prompt.text)
  const canSave = isChanged && trouble === null && name.trim() !== '' && !save.isPending
  const put = (): void => {
    if (!prompt) return
    save.mutate({ id: prompt.id, name: name.trim(), text }, { onSuccess: () => tell(`${name.trim()} is saved.`) })
  }
  const use = (): void => {
    saveSettings({ ...settings, promptId: prompt?.id ?? null }).then(
      () => tell('New descriptions use this prompt.'),
      tellFailure,
    )
  }
  const insert = (variable: string): void => {
    const field = area.current
    if (!field) return
    const next = withVariable(text, variable, field.selectionStart, field.selectionEnd)
    setText(next.text)
    requestAnimationFrame(() => {
      field.focus()
      field.setSelectionRange(next.cursor, next.cursor)
    })
  }
  useCommands([
    {
      id: 'prompt.save',
      title: 'Save this prompt',
      group: 'Descriptions',
      keys: ['Mod+S'],
      worksWhileTyping: true,
      isAvailable: () => canSave,
      run: put,
    },
    {
      id: 'prompt.use',
      title: 'Use this prompt',
      group: 'Descriptions',
      keys: ['U'],
      isAvailable: () => !isInUse && !isChanged,
      run: use,
    },
  ])
  return (
    <div className="describe-form prompt-editor">
      {prompt ? (
        <input
          type="text"
          className="text-field"
          aria-label="Name of the prompt"
          maxLength={80}
          value={name}
          onChange={event => setName(event.target.value)}
        />
      ) : (
        <p className="quiet">The prompt that comes with Burg Ink. Duplicate it to change it.</p>
      )}
      <textarea
        ref={area}
        className="prompt-text"
        aria-label="Text of the prompt"
        maxLength={8000}
        readOnly={prompt === null}
        spellCheck={false}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <p className={trouble || save.error ? 'error-line' : 'hint'} aria-live="polite">
        {trouble ?? (save.error ? messageOf(save.error) : 'Variables are filled in for each picture:')}
      </p>
      <div className="facets">
        {promptVariables.map(variable => (
          <button
            key={variable.name}
            type="button"
            className="facet"
            title={`Put in ${variable.meaning}`}
            disabled={prompt === null}
            onClick={() => insert(variable.name)}
          >
            <code>{`{{${variable.name}}}`}</code>
            <span className="facet-count">{variable.meaning}</span>
          </button>
        ))}
      </div>
      <div className="form-actions">
        {prompt && (
          <Button kind="primary" keyName="Mod+S" disabled={!canSave} onClick={put}>
            Save
          </Button>
        )}
        <Button keyName="U" disabled={isInUse || isChanged} onClick={use}>
          {isInUse ? 'In use' : 'Use this prompt'}
        </Button>
        <Button icon="copy" onClick={onDuplicate}>
          Duplicate
        </Button>
        {prompt && <Remove prompt={prompt} isInUse={isInUse} onRemoved={onRemoved} />}
      </div>
      <Trials draft={{ settings, apiKey: undefined }} promptText={text} trouble={trialTrouble(settings, trouble)} />
    </div>
  )
}

function trialTrouble({ analyser, model }: AnalysisSettings, trouble: string | null): string | null {
  if (analyser === 'builtin') return 'Set up a model first: the built-in analyser takes no prompt.'
  if (model === '') return 'Choose a model in the set-up first.'
  return trouble && 'Mend the prompt to try it.'
}

function Remove({ prompt, isInUse, onRemoved }: { prompt: Prompt; isInUse: boolean; onRemoved: () => void }) {
  const [isAsked, setIsAsked] = useState(false)
  const remove = useCommand('prompt.remove')
  const run = (): void =>
    remove.mutate(
      { id: prompt.id },
      {
        onError: tellFailure,
        onSuccess: () => {
          onRemoved()
          void queryClient.invalidateQueries({ queryKey: ['prompts.list'] })
          void queryClient.invalidateQueries({ queryKey: ['analysis.overview'] })
          tell(`${prompt.name} is removed. Descriptions made with it stay.`)
        },
      },
    )
  if (!isAsked) {
    return (
      <Button kind="quiet" onClick={() => setIsAsked(true)}>
        Remove
      </Button>
    )
  }
  return (
    <>
      <Button kind="danger" disabled={remove.isPending} onClick={run}>
        {isInUse ? 'Remove, and use the one of Burg Ink' : `Remove ${prompt.name}`}
      </Button>
      <Button autoFocus onClick={() => setIsAsked(false)}>
        Keep it
      </Button>
    </>
  )
}
