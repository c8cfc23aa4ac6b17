import type { Prompt } from '../lib/contract.ts'
import type { FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'

export const defaultPromptName = 'The one of Burg Ink'

interface Props {
  field: FieldProps
  prompts: readonly Prompt[]
  promptId: number | null
  onChange: (promptId: number | null) => void
}

/** One of one's own prompts, or the one that comes with the program. */
export function PromptSelect({ field, prompts, promptId, onChange }: Props) {
  return (
    <span className="select">
      <select
        {...field}
        value={promptId ?? ''}
        onChange={event => onChange(event.target.value === '' ? null : Number(event.target.value))}
      >
        <option value="">{defaultPromptName}</option>
        {prompts.map(prompt => (
          <option key={prompt.id} value={prompt.id}>
            {prompt.name}
          </option>
        ))}
      </select>
      <Icon name="down" size={12} />
    </span>
  )
}
