import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { linkScheme } from './links.ts'

/** What whoever started the program, or called the running one, wants of it. */
export type Intent =
  | { kind: 'show' }
  | { kind: 'link'; url: string }
  /** Absolute; folders and files as they came. */
  | { kind: 'paths'; paths: string[] }
  | { kind: 'samples' }

export const backgroundFlag = '--background'
const samplesFlag = '--samples'

export interface CommandLine {
  /** With the executable in front. */
  argv: readonly string[]
  workingFolder: string
  /** What Electron was told to run; null where the executable is the program itself. */
  programFolder: string | null
}

const isFlag = (word: string) => word.startsWith('-')

/** What is meant for us: after the program, where Electron was told which one. */
function wordsOf({ argv, workingFolder, programFolder }: CommandLine): string[] {
  const isProgram = (word: string) => !isFlag(word) && resolve(workingFolder, word) === programFolder
  const program = programFolder === null ? 0 : argv.findIndex((word, i) => i > 0 && isProgram(word))
  return program < 0 ? [] : argv.slice(program + 1).filter(word => !isFlag(word) && word !== '')
}

function pathOf(word: string, workingFolder: string): string | null {
  // File managers of Linux may give addresses instead of paths.
  if (!/^file:/i.test(word)) return resolve(workingFolder, word)
  try {
    return fileURLToPath(word)
  } catch {
    return null
  }
}

const isLink = (word: string) => word.toLowerCase().startsWith(`${linkScheme}:`)

/** Flags that are not ours are Chromium's. */
export function intentsOf(line: CommandLine): Intent[] {
  const words = wordsOf(line)
  const links = words.filter(isLink)
  const paths = words.filter(word => !isLink(word)).flatMap(word => pathOf(word, line.workingFolder) ?? [])
  return [
    ...(line.argv.includes(samplesFlag) ? [{ kind: 'samples' as const }] : []),
    ...(paths.length > 0 ? [{ kind: 'paths' as const, paths }] : []),
    ...links.map(url => ({ kind: 'link' as const, url })),
  ]
}

/** A second start without any: it shows the window, unless it was the system's. */
export function intentsOfSecond(line: CommandLine): Intent[] {
  const intents = intentsOf(line)
  return intents.length > 0 || isForBackground(line.argv) ? intents : [{ kind: 'show' }]
}

/** Started by the system at login: without a window. */
export const isForBackground = (argv: readonly string[]): boolean => argv.includes(backgroundFlag)

/** To be started again with: what this start was asked to do is done, and is not to be done twice. */
export function argumentsToStartAnew({ argv, programFolder }: Omit<CommandLine, 'workingFolder'>): string[] {
  const isOfChromium = (word: string) => word.startsWith('--') && word !== samplesFlag && word !== backgroundFlag
  return [...(programFolder === null ? [] : [programFolder]), ...argv.slice(1).filter(isOfChromium)]
}
