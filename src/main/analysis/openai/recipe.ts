import { cleanText } from '../text.ts'

/** An artist's own words, which the model chooses from. Empty lists leave it free. */
export interface Vocabulary {
  media: string[]
  series: string[]
  subjects: string[]
}

/** What is asked of a picture. */
export interface Recipe {
  /** Instructions, with variables: see `promptVariables`. */
  prompt: string
  /** For a person; changes nothing. */
  promptName: string
  /** What answers are written in, in words: `English`, `Deutsch`. */
  language: string
  vocabulary: Vocabulary
}

const vocabularyMax = { words: 200, length: 60 }

export function languageOf({ language }: Recipe): string {
  return cleanText(language, 40) || 'English'
}

/** As it is sent: cleaned, each word once, in the order of the alphabet, so that the order of typing changes nothing. */
export function tidyVocabulary(vocabulary: Vocabulary): Vocabulary {
  const tidy = (words: string[]) =>
    [...new Set(words.map(word => cleanText(word, vocabularyMax.length)).filter(word => word !== ''))].toSorted()
  return { media: tidy(vocabulary.media), series: tidy(vocabulary.series), subjects: tidy(vocabulary.subjects) }
}

/** What is wrong with a vocabulary, as a sentence; null where nothing is. */
export function checkVocabulary(vocabulary: Vocabulary): string | null {
  for (const [name, words] of Object.entries(vocabulary) as [string, string[]][]) {
    if (words.length > vocabularyMax.words)
      return `The list of ${name} is too long: ${vocabularyMax.words} words at most.`
    const long = words.find(word => word.trim().length > vocabularyMax.length)
    if (long !== undefined) {
      return `“${cleanText(long, 30)}” in the list of ${name} is too long: ${vocabularyMax.length} characters at most.`
    }
  }
  return null
}
