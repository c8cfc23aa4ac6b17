interface WatchBoxProps {
  label: string
  isWatched: boolean
  onChange: (isWatched: boolean) => void
}

/** Whether a folder is kept in step by itself. */
export function WatchBox({ label, isWatched, onChange }: WatchBoxProps) {
  return (
    <label className="watch-box" title="Look into this folder every quarter of an hour">
      <input type="checkbox" checked={isWatched} onChange={event => onChange(event.target.checked)} />
      {label}
    </label>
  )
}
