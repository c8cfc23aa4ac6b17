import type { Suggested } from '../../../lib/suggested.ts'
import { IconButton } from '../../../ui/button.tsx'

interface VerdictProps {
  suggestion: Suggested
  onConfirm: () => void
  onReject: () => void
}

/** Yes and no to one suggestion. */
export function Verdict({ suggestion, onConfirm, onReject }: VerdictProps) {
  return (
    <span className="verdict">
      <IconButton icon="check" label={`Confirm ${suggestion.value}`} title="Confirm (Y)" onClick={onConfirm} />
      <IconButton icon="close" label={`Reject ${suggestion.value}`} title="Reject (N)" onClick={onReject} />
    </span>
  )
}
