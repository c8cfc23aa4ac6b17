import { useState } from 'react'
import { messageOf, useCall, useCommand } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { AnalysisOverview, Prompt } from '../../lib/contract.ts'
import { tellFailure } from '../../lib/notice.ts'
import { Button } from '../../ui/button.tsx'
import { defaultPromptName } from '../../ui/prompt-select.tsx'
import { PromptEditor } from './prompt-editor.tsx'

const defaultStart = 'Describe this {{media}} work in two sentences, in {{language}}.'

/** One's own prompts, and the one that comes with the program. */
export function PromptsPart({ overview }: { overview: AnalysisOverview }) {
  const list = useCall('prompts.list', {})
  const [chosenId, setChosenId] = useState(overview.settings.promptId)
  const save = useCommand('prompt.save', ['prompts.list'])
  const prompts = list.data?.prompts ?? []
  const chosen = prompts.find(({ id }) => id === chosenId) ?? null
  const add = (name: string, text: string): void =>
    save.mutate(
      { name: freeName(name, prompts), text },
      { onError: tellFailure, onSuccess: prompt => setChosenId(prompt.id) },
    )
  const addNew = (): void => add('New prompt', defaultStart)
  const duplicate = (): void => {
    if (!list.data) return
    add(`${chosen?.name ?? 'Burg Ink'} (copy)`, chosen?.text ?? list.data.defaultText)
  }
  useCommands([
    { id: 'prompt.new', title: 'New prompt', group: 'Descriptions', keys: ['N'], run: addNew },
    { id: 'prompt.duplicate', title: 'Duplicate this prompt', group: 'Descriptions', run: duplicate },
  ])
  if (!list.data) return list.error ? <p className="describe-form error-line">{messageOf(list.error)}</p> : null
  const item = (prompt: Prompt | null) => (
    <button
      key={prompt?.id ?? 0}
      type="button"
      className="prompt-item"
      aria-current={prompt?.id === chosen?.id}
      onClick={() => setChosenId(prompt?.id ?? null)}
    >
      <span className="prompt-item-name">{prompt?.name ?? defaultPromptName}</span>
      <span className="prompt-item-line">{overview.settings.promptId === (prompt?.id ?? null) && 'In use'}</span>
    </button>
  )
  return (
    <div className="prompts">
      <nav className="prompt-list" aria-label="Prompts">
        {[null, ...prompts].map(item)}
        <Button icon="add" keyName="N" disabled={save.isPending} onClick={addNew}>
          New prompt
        </Button>
      </nav>
      <PromptEditor
        key={chosen?.id ?? 0}
        prompt={chosen}
        defaultText={list.data.defaultText}
        overview={overview}
        onDuplicate={duplicate}
        onRemoved={() => setChosenId(null)}
      />
    </div>
  )
}

/** A name no other prompt has. */
export function freeName(wanted: string, prompts: readonly Pick<Prompt, 'name'>[]): string {
  const names = new Set(prompts.map(({ name }) => name))
  const base = wanted.slice(0, 70)
  let name = base
  for (let number = 2; names.has(name); number += 1) name = `${base} ${number}`
  return name
}
