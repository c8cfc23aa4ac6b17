import type { AnalysisResult } from '../../lib/contract.ts'

const descriptionMax = 1200
const factMax = 300
const tagsMax = 40
const tagMax = 60

/** What a model wrote is shown as it is, but not endlessly. */
export function capped(text: string, max = descriptionMax): string {
  return text.length > max ? `${text.slice(0, max).trimEnd()} …` : text
}

/** Each tag once. */
export const tagsOf = ({ tags }: AnalysisResult): string[] =>
  [...new Set(tags.map(tag => capped(tag, tagMax)))].slice(0, tagsMax)

/** What else is said, by its name; what is not said makes no line. */
export function factsOfResult(result: AnalysisResult): [name: string, value: string][] {
  const list = (words: readonly string[] | undefined): string => (words ?? []).slice(0, tagsMax).join(', ')
  const facts: [string, string | undefined][] = [
    ['Content', result.content],
    ['Medium', result.medium],
    ['Series', result.series],
    ['Subjects', list(result.subjects)],
    ['Style', result.style],
    ['Mood', result.mood],
    ['Colours', list(result.colors)],
  ]
  return facts.flatMap(([name, value]): [string, string][] => (value ? [[name, capped(value, factMax)]] : []))
}
