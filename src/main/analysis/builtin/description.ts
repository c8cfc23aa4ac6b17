import type { AnalysisSubject } from '../port.ts'
import { colourShares, formatOf, isAnimated, isWithoutColour, lightWords } from './measured.ts'

/** One sentence of what was measured. It speaks of the picture and never of what the picture shows. */
export function describeMeasured(subject: AnalysisSubject): string {
  const words = [formatOf(subject), ...(isAnimated(subject) ? ['animated'] : []), kindOf(subject)].join(' ')
  const parts = [colourPhrase(subject), list(lightWords(subject))].filter(part => part !== '')
  const alpha = subject.hasAlpha ? ' with an alpha channel' : ''
  return [`A ${words}${alpha}`, ...parts].join(', ').concat('.')
}

function kindOf({ mimeType }: AnalysisSubject): 'picture' | 'video' {
  return mimeType.startsWith('video/') ? 'video' : 'picture'
}

function colourPhrase(subject: AnalysisSubject): string {
  if (isWithoutColour(subject)) return 'without colour'
  const [first, second] = colourShares(subject)
  if (!first) return ''
  if (first.share >= 0.6 || !second) return `mostly ${first.name}`
  if (first.share + second.share >= 0.6) return `mostly ${first.name} and ${second.name}`
  return `in many colours, ${first.name} and ${second.name} most of all`
}

function list(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
