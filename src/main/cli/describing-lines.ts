import type { AnalysisOverview, AnalysisRun, Estimate } from '../../shared/analysis.ts'
import { formatUsd } from '../../shared/money.ts'
import { durationText } from './progress-line.ts'

const numbers = new Intl.NumberFormat('en-US')
const pictures = (count: number): string => `${numbers.format(count)} ${count === 1 ? 'picture' : 'pictures'}`

/** What a run would cost, a line each. */
export function estimateLines({ pictures: count, reused, usd, batchUsd, notice }: Estimate): string[] {
  if (count === 0) return ['No pictures to describe.']
  const priceOf = (amount: number | null) => (amount === null ? 'price not known' : `about ${formatUsd(amount)}`)
  const price =
    usd === 0
      ? 'free'
      : usd === null
        ? 'price not known'
        : `${priceOf(usd)} now, ${priceOf(batchUsd)} within a day (--batch)`
  const answered = reused > 0 ? `, ${numbers.format(reused)} of them answered before` : ''
  return [`${pictures(count)}${answered}: ${price}.`, ...(notice ? [notice] : [])]
}

/** One line that says how far a run is and what it has cost, at most `columns` wide. */
export function describingLine(run: AnalysisRun, columns: number): string {
  const { done, failed, total, picturesPerMinute, secondsLeft, state, message } = run
  const parts = [`${numbers.format(done + failed)} of ${numbers.format(total)}`, spendText(run)]
  if (picturesPerMinute !== null) parts.push(`${numbers.format(Math.round(picturesPerMinute))} a minute`)
  if (secondsLeft !== null) parts.push(`${durationText(secondsLeft)} left`)
  if (failed > 0) parts.push(`${numbers.format(failed)} failed`)
  if (state === 'waiting' && message) parts.push(message)
  return parts.join('  ').slice(0, Math.max(0, columns - 1))
}

const spendText = ({ spentUsd, capUsd }: AnalysisRun): string =>
  capUsd === null ? formatUsd(spentUsd) : `${formatUsd(spentUsd)} of ${formatUsd(capUsd)}`

export function endLine({ done, reused, failed, spentUsd }: AnalysisRun, elapsedMs: number): string {
  const answered = reused > 0 ? `, ${numbers.format(reused)} of them answered before` : ''
  const seconds = (elapsedMs / 1000).toFixed(1)
  return `${numbers.format(done)} described${answered}, ${numbers.format(failed)} failed, for ${formatUsd(spentUsd)}, in ${seconds} s.`
}

/** What `burg-ink analysis` says. */
export function overviewLines(overview: AnalysisOverview, promptName: string): string[] {
  const { settings, keyFrom, notice, spentTodayUsd, spentMonthUsd, described, undescribed, failed, runs } = overview
  const counts = [`${numbers.format(described)} described`, `${numbers.format(undescribed)} not`]
  if (failed > 0) counts.push(`${numbers.format(failed)} failed`)
  const dayCap = settings.dayCapUsd === null ? '' : ` of ${formatUsd(settings.dayCapUsd)}`
  const describes = [who(overview), settings.analyser !== 'builtin' && `prompt ${promptName}`]
    .filter(Boolean)
    .join(', ')
  return [
    `Describes  ${describes}`,
    ...(settings.analyser === 'builtin' ? [] : [`Key        ${keyLine(keyFrom)}`, `Pictures   ${counts.join(', ')}`]),
    `Spent      ${formatUsd(spentTodayUsd)}${dayCap} today, ${formatUsd(spentMonthUsd)} this month`,
    ...(notice ? [notice] : []),
    ...runs.flatMap(runLines),
  ]
}

function who({ settings }: AnalysisOverview): string {
  const { analyser, model, baseUrl, detail, language } = settings
  if (analyser === 'builtin') return 'the built-in analyser only'
  const where = analyser === 'openai' ? 'OpenAI' : baseUrl
  return `${where}, ${model || 'no model yet'}, detail ${detail}, ${language}`
}

function keyLine(keyFrom: AnalysisOverview['keyFrom']): string {
  if (keyFrom === null) return 'none'
  return keyFrom === 'keychain' ? 'from the keychain' : 'from OPENAI_API_KEY'
}

function runLines(run: AnalysisRun): string[] {
  const { id, state, done, failed, total, model, promptName, lane, message } = run
  const count = `${numbers.format(done + failed)} of ${numbers.format(total)}`
  const failures = failed > 0 ? `, ${numbers.format(failed)} failed` : ''
  const recipe = [model, promptName, lane === 'batch' && 'half price'].filter(Boolean).join(', ')
  const line = `Run ${String(id).padEnd(6)} ${state.padEnd(10)} ${count}${failures}  ${spendText(run)}  ${recipe}`
  return message ? [line, `           ${message}`] : [line]
}
