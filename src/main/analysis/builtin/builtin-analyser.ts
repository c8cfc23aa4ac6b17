import type { Analyser, Analysis, AnalysisSubject, TagCandidate } from '../port.ts'
import { describeMeasured } from './description.ts'
import { colourShares } from './measured.ts'
import { collectTags, keywordTags } from './tags.ts'
import { meaningfulText } from './text.ts'

const titleMax = 200
const captionMax = 1000

/**
 * Works offline and looks at nothing: it reads what others wrote into the file and its names, and what was measured. So
 * it leaves out `style` and `mood`, and names subjects only where keywords do.
 */
export function createBuiltinAnalyser(): Analyser {
  return {
    name: 'builtin',
    version: '1',
    needsPicture: false,
    analyse: async subject => analyse(subject),
  }
}

function analyse(subject: AnalysisSubject): Analysis {
  const tags = collectTags(subject)
  const written = writtenText(subject)
  const subjects = keywordTags(subject)
  const colors = colourShares(subject).map(({ name }) => name)
  return {
    tags,
    result: {
      description: written ?? describeMeasured(subject),
      tags: tags.map(({ name }) => name),
      content: written ?? wordsRead(tags),
      ...(colors.length > 0 && { colors }),
      ...(subjects.length > 0 && { subjects }),
    },
  }
}

/** Title and caption, where a person wrote any. */
function writtenText(subject: AnalysisSubject): string | null {
  const title = meaningfulText(subject.title, titleMax)
  const caption = meaningfulText(subject.caption, captionMax)
  if (!title || !caption || caption.toLowerCase().startsWith(title.toLowerCase())) return caption ?? title
  return `${title}${/\p{P}$/u.test(title) ? '' : '.'} ${caption}`
}

/** Empty where no words were found: then nothing is known of what the picture shows. */
function wordsRead(tags: TagCandidate[]): string {
  return tags
    .filter(({ origin }) => origin !== 'measured')
    .map(({ name }) => name)
    .join(', ')
}
