import { messageOf } from '../../lib/api.ts'
import type { ConnectionReport } from '../../lib/contract.ts'
import { type Look, StatusMark } from '../../ui/status-mark.tsx'

type StepName = Extract<ConnectionReport, { ok: false }>['step']

const steps: readonly [StepName, string][] = [
  ['write', 'Write a small file'],
  ['read', 'Read it back and compare'],
  ['delete', 'Delete it'],
]

const looks = {
  done: { icon: 'done', tone: 'done', word: 'Works' },
  working: { icon: 'working', tone: 'working', word: 'Trying' },
  waiting: { icon: 'waiting', tone: 'waiting', word: 'Not tried' },
  failed: { icon: 'failed', tone: 'failed', word: 'Failed' },
} as const satisfies Record<string, Look>

/** How far a test came: what is before a failed step worked, what is after it was not tried. */
export function looksOf(report: ConnectionReport | undefined, isRunning: boolean): Record<StepName, Look> {
  const failedAt = report && !report.ok ? steps.findIndex(([name]) => name === report.step) : -1
  const lookAt = (place: number): Look => {
    if (isRunning) return place === 0 ? looks.working : looks.waiting
    if (!report) return looks.waiting
    if (report.ok || place < failedAt) return looks.done
    return place === failedAt ? looks.failed : looks.waiting
  }
  return { write: lookAt(0), read: lookAt(1), delete: lookAt(2) }
}

interface ConnectionStepsProps {
  report: ConnectionReport | undefined
  isRunning: boolean
  error: Error | null
}

/** Always there, so that an answer moves nothing. */
export function ConnectionSteps({ report, isRunning, error }: ConnectionStepsProps) {
  const shown = looksOf(report, isRunning)
  return (
    <section className="storage-test" aria-label="Test of the connection">
      <ol>
        {steps.map(([name, title]) => (
          <li key={name}>
            <span>{title}</span>
            <StatusMark look={shown[name]} />
          </li>
        ))}
      </ol>
      <p className={error || (report && !report.ok) ? 'storage-problem' : 'hint'} aria-live="polite">
        {error ? messageOf(error) : outcomeLine(report, isRunning)}
      </p>
    </section>
  )
}

function outcomeLine(report: ConnectionReport | undefined, isRunning: boolean): string {
  if (isRunning) return 'Asking the store. Where it cannot be reached, this takes a while.'
  if (!report)
    return 'A test stores one small file and takes it away again. Nothing of yours is touched, nothing is saved.'
  if (!report.ok) return report.message
  return report.notice ?? 'The store works as asked for.'
}
