import { type ChangeEvent, useRef, useState } from 'react'
import { messageOf, queryClient } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { Table } from '../../lib/contract.ts'
import { formatShare, formatSize } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { sendTable } from './send-table.ts'

export interface Sending {
  /** Share of the file that was sent; null: none is being sent. */
  sent: number | null
  error: unknown
  send: (file: File) => Promise<void>
}

/** A file on its way. It is until what it holds is shown: before that, what is shown is of the table that it replaces. */
export function useSending(): Sending {
  const [sent, setSent] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  async function send(file: File): Promise<void> {
    setError(null)
    setSent(0)
    try {
      await sendTable(file, setSent)
    } catch (cause) {
      setError(cause)
    }
    await queryClient.invalidateQueries({ queryKey: ['table.state'] })
    setSent(null)
  }
  return { sent, error, send }
}

interface Props {
  table: Table | null
  /** Another one has to wait until it is done or cancelled. */
  isImporting: boolean
  sending: Sending
}

/** The file that is read, and a button for another one. */
export function ChooseTable({ table, isImporting, sending: { sent, error, send } }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const isLocked = isImporting || sent !== null
  const choose = (): void => input.current?.click()
  useCommands([
    {
      id: 'table.choose',
      title: 'Choose a table to import',
      group: 'Import',
      isAvailable: () => !isLocked,
      run: choose,
    },
  ])

  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0]
    // The same file can be chosen again, after it was mended.
    event.target.value = ''
    if (file) void send(file)
  }

  return (
    <div className="table-file">
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        aria-label="File with the table"
        tabIndex={-1}
        accept=".csv,.tsv,.tab,.txt,text/csv,text/tab-separated-values,text/plain"
        onChange={take}
      />
      <Button kind={table ? 'plain' : 'primary'} icon="folder" autoFocus disabled={isLocked} onClick={choose}>
        {table ? 'Choose another …' : 'Choose a file …'}
      </Button>
      <p role="status" className={table ? 'table-name' : 'quiet'}>
        {sent !== null
          ? `Reading ${formatShare(sent)}`
          : table
            ? `${table.name}, ${formatSize(table.sizeBytes)}`
            : hint}
      </p>
      {error !== null && (
        <p className="error-line" role="alert">
          {messageOf(error)}
        </p>
      )}
    </div>
  )
}

const hint = 'A table saved as CSV or as text with tabs, by Excel, Numbers, FileMaker or Burg Ink itself.'
