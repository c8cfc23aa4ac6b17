import type { AnalysisSubject, TagCandidate } from '../port.ts'
import { cleanText } from '../text.ts'
import { measuredTags } from './measured.ts'
import { meaningfulText } from './text.ts'
import { wordsOfFileName, wordsOfFolderName, wordsOfText } from './words.ts'

/** How sure it is that a word says something of the picture, by where it was read. Judged, not measured. */
const confidences = { keyword: 0.95, title: 0.7, folder: 0.6, caption: 0.5, filename: 0.4 } as const

const tagsMax = 20
const tagLengthMax = 60
const keywordsMax = 100
/** The innermost ones: what is further out says less of one picture. */
const foldersMax = 8
const textMax = 500

/** Best first, each name once with its best confidence. */
export function collectTags(subject: AnalysisSubject): TagCandidate[] {
  const best = new Map<string, TagCandidate>()
  for (const tag of candidates(subject)) {
    const known = best.get(tag.name)
    if (!known || known.confidence < tag.confidence) best.set(tag.name, tag)
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence).slice(0, tagsMax)
}

function candidates(subject: AnalysisSubject): TagCandidate[] {
  const { title, caption, folders, filename } = subject
  const from = (origin: keyof typeof confidences, names: string[]): TagCandidate[] =>
    names.map(name => ({ name, origin, confidence: confidences[origin] }))
  return [
    ...from('keyword', keywordTags(subject)),
    ...measuredTags(subject).map(tag => ({ ...tag, origin: 'measured' as const })),
    ...from('title', wordsOfText(meaningfulText(title, textMax) ?? '')),
    ...from(
      'folder',
      folders
        .slice(-foldersMax)
        .reverse()
        .flatMap(name => wordsOfFolderName(cleanText(name, textMax))),
    ),
    ...from('caption', wordsOfText(meaningfulText(caption, textMax) ?? '')),
    ...from('filename', wordsOfFileName(cleanText(filename, textMax))),
  ]
}

/** Keywords as they were written, in lower case; one that holds a list is taken apart. */
export function keywordTags({ keywords }: AnalysisSubject): string[] {
  const separators = keywords.length === 1 ? /[;|,]/ : /[;|]/
  const names = keywords
    .slice(0, keywordsMax)
    .flatMap(keyword => cleanText(keyword, textMax).split(separators))
    .map(name => name.trim().toLowerCase())
    // Longer ones are sentences.
    .filter(name => /[\p{L}\p{N}]/u.test(name) && name.length <= tagLengthMax)
  return [...new Set(names)]
}
