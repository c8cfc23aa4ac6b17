const atLeastShownUsd = 0.0001

/** "$1,204.50", "$0.42", "$0.0042": two digits that say something, however little it is. */
export function formatUsd(usd: number): string {
  if (usd === 0) return '$0'
  if (usd < atLeastShownUsd) return `< $${atLeastShownUsd}`
  const digits = usd < 0.0995 ? 1 - Math.floor(Math.log10(usd)) : 2
  const text = usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: digits })
  return `$${text}`
}
