import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { type PreferenceChanges, type ProgramPreferences, programPreferencesSchema, themes } from '../../shared/host.ts'

const windowSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(200),
  height: z.number().int().min(200),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
})
export type WindowState = z.infer<typeof windowSchema>

const stateSchema = z.object({
  /** Null: where libraries of people are who never chose one. */
  libraryFolder: z.string().min(1).nullable().catch(null),
  window: windowSchema.nullable().catch(null),
  /** Steps of Chromium; 0 is the size as designed. */
  zoomLevel: z.number().min(-8).max(9).catch(0),
  theme: z.enum(themes).catch('dark'),
  preferences: programPreferencesSchema.catch({
    goesOnInBackground: null,
    startsAtLogin: false,
    updateChannel: 'latest',
  }),
})
type State = z.infer<typeof stateSchema>

/** What the program remembers on this computer, apart from any library. What cannot be read is as new. */
export interface ProgramState extends Readonly<State> {
  set(changes: Partial<State>): void
  setPreferences(changes: PreferenceChanges): ProgramPreferences
}

/** @param report hears why it could not be kept; the program goes on all the same. */
export function openProgramState(path: string, report: (error: unknown) => void): ProgramState {
  let state = readState(path)

  function set(changes: Partial<State>): void {
    state = { ...state, ...changes }
    try {
      writeWhole(path, JSON.stringify(state))
    } catch (error) {
      report(error)
    }
  }

  return {
    get libraryFolder() {
      return state.libraryFolder
    },
    get window() {
      return state.window
    },
    get zoomLevel() {
      return state.zoomLevel
    },
    get theme() {
      return state.theme
    },
    get preferences() {
      return state.preferences
    },
    set,
    setPreferences(changes) {
      set({ preferences: programPreferencesSchema.parse({ ...state.preferences, ...withoutUndefined(changes) }) })
      return state.preferences
    },
  }
}

/** Where the library is: as the environment says, as it was chosen, or as for everybody who never chose. */
export const libraryFolderOf = (state: ProgramState): string =>
  process.env.BURG_INK_LIBRARY || state.libraryFolder || join(homedir(), 'Burg Ink')

function readState(path: string): State {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return stateSchema.parse({})
  }
}

/** Never half of it: a program that is killed here finds the old state. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}

const withoutUndefined = (changes: object) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
