interface Props {
  draft: { isForSpreadsheets: boolean }
  onChange: (changes: { isForSpreadsheets: boolean }) => void
}

/** Whether a table is written for people's programs or exactly as it is. */
export function SpreadsheetField({ draft, onChange }: Props) {
  return (
    <label className="check-row">
      <input
        type="checkbox"
        checked={draft.isForSpreadsheets}
        onChange={event => onChange({ isForSpreadsheets: event.target.checked })}
      />
      <span>
        For spreadsheets
        <br />
        <span className="quiet">
          Excel reads every letter right, and an apostrophe keeps texts that begin like a formula from being run.
        </span>
      </span>
    </label>
  )
}
