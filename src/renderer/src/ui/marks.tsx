import type { Label } from '../lib/contract.ts'
import './marks.css'

/** Known by its letter as well as by its colour. */
export function LabelChip({ label }: { label: Label }) {
  return (
    <span className="label-chip" data-label={label} aria-hidden="true">
      {label.slice(0, 1).toUpperCase()}
    </span>
  )
}
