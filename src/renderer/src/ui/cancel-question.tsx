import { Button } from './button.tsx'

interface CancelQuestionProps {
  /** What stays, and what is asked. */
  question: string
  /** On the button that cancels. */
  label: string
  isPending: boolean
  onCancel: () => void
  onGoOn: () => void
}

/** Asked in place before work is cancelled. The keyboard is on the answer that changes nothing. */
export function CancelQuestion({ question, label, isPending, onCancel, onGoOn }: CancelQuestionProps) {
  return (
    <>
      <span>{question}</span>
      <Button kind="danger" onClick={onCancel} disabled={isPending}>
        {label}
      </Button>
      <Button autoFocus onClick={onGoOn}>
        Go on
      </Button>
    </>
  )
}
