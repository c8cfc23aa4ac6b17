/** Parts of a whole, side by side. What is left of `total` stays empty. */
export function ProgressBar(props: {
  label: string
  total: number
  parts: readonly { tone: string; count: number }[]
}) {
  const done = props.parts.reduce((sum, part) => sum + part.count, 0)
  return (
    <div
      className="progress-bar"
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={props.total}
      aria-valuenow={done}
    >
      {props.parts.map(part => (
        <span
          key={part.tone}
          className={`tone-${part.tone}`}
          style={{ width: `${props.total > 0 ? (part.count / props.total) * 100 : 0}%` }}
        />
      ))}
    </div>
  )
}
