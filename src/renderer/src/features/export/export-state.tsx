import { messageOf, useCommand } from '../../lib/api.ts'
import type { Export } from '../../lib/contract.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'

import { unitOf } from './order.ts'
import '../../ui/run-state.css'

/** How far the export is, or how the last one ended. */
export function ExportState({ shown }: { shown: Export | null }) {
  const cancel = useCommand('export.cancel')
  if (!shown) return null
  const { format, state, done, total, refusals, refused, remarks, remarked } = shown
  return (
    <section className="run-state" aria-label="The export">
      <p role="status" className={state === 'failed' ? 'error-line' : undefined}>
        {lineOf(shown)}
      </p>
      {state === 'running' && (
        <>
          <ProgressBar
            label={unitOf(format) === 'artwork' ? 'Artworks exported' : 'Pictures exported'}
            total={total}
            parts={[{ tone: 'done', count: done }]}
          />
          <Button disabled={cancel.isPending} onClick={() => cancel.mutate({})}>
            Cancel
          </Button>
        </>
      )}
      {cancel.error && <p className="error-line">{messageOf(cancel.error)}</p>}
      <Told label="Not written" count={refused} lines={refusals.map(({ file, reason }) => [file, reason])} />
      <Told label="Printed otherwise" count={remarked} lines={remarks.map(({ work, text }) => [work, text])} />
    </section>
  )
}

interface ToldProps {
  label: string
  /** More than there are lines, where not all are kept. */
  count: number
  lines: [name: string, text: string][]
}

function Told({ label, count, lines }: ToldProps) {
  if (lines.length === 0) return null
  return (
    <ul className="run-passed-over" aria-label={label}>
      {lines.map(([name, text]) => (
        <li key={`${name} ${text}`}>
          {name} <span className="quiet">{text}</span>
        </li>
      ))}
      {count > lines.length && <li className="quiet">And {formatCount(count - lines.length)} more.</li>}
    </ul>
  )
}

const cancelledLines: Partial<Record<Export['format'], string>> = {
  xmp: 'Cancelled. Sidecars that were written stay.',
  portfolio: 'Cancelled. The portfolio is not complete: export it again to complete it.',
}

export function lineOf({ state, format, done, total, path, message, unchanged, refused }: Export): string {
  if (state === 'running') return `Exporting ${formatCount(done)} of ${plural(total, unitOf(format))} …`
  if (state === 'failed') return message ?? 'The export failed.'
  if (state === 'cancelled') return cancelledLines[format] ?? 'Cancelled. No file is left.'
  if (format === 'portfolio') {
    const left = `${plural(refused, 'file')} ${refused === 1 ? 'was left as it is' : 'were left as they are'}.`
    return `A portfolio of ${plural(done, 'artwork')} is in ${path}.${refused > 0 ? ` ${left}` : ''}`
  }
  if (format !== 'xmp') return `Exported ${plural(done, unitOf(format))} to ${path}.`
  const parts = [
    `${plural(done - unchanged - refused, 'sidecar')} written`,
    ...(unchanged > 0 ? [`${formatCount(unchanged)} up to date already`] : []),
    ...(refused > 0 ? [`${formatCount(refused)} not written`] : []),
  ]
  return `${parts.join(', ')}, ${path === null ? 'beside the originals' : `in ${path}`}.`
}
