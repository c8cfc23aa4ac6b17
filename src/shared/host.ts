import { z } from 'zod'

export const updateChannels = ['latest', 'beta', 'off'] as const
export type UpdateChannel = (typeof updateChannels)[number]

/** How far a newer version of the program is. */
export const updateStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off'), why: z.string() }),
  z.object({ kind: z.literal('idle'), checkedAt: z.string().nullable() }),
  z.object({ kind: z.literal('checking') }),
  /** `share` is 0 to 1. */
  z.object({ kind: z.literal('downloading'), version: z.string(), share: z.number() }),
  /** Installed when the program ends, or when asked to. */
  z.object({ kind: z.literal('ready'), version: z.string() }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
])
export type UpdateState = z.infer<typeof updateStateSchema>

/** Of the program on this computer, not of the library. */
export const programPreferencesSchema = z.object({
  /** Work goes on when the window is closed; null: ask when it is closed while something is under way. */
  goesOnInBackground: z.boolean().nullable(),
  startsAtLogin: z.boolean(),
  updateChannel: z.enum(updateChannels),
})
export type ProgramPreferences = z.infer<typeof programPreferencesSchema>
export type PreferenceChanges = { [N in keyof ProgramPreferences]?: ProgramPreferences[N] | undefined }

/** What the program around the page can do. A page asks this and never which program it is. */
export const hostSchema = z.object({
  version: z.string(),
  /** It has a dialog of its own to choose a folder by. */
  canChooseFolder: z.boolean(),
  /** It can show a file in the folder it lies in, by the system's own program. */
  canShowInFolder: z.boolean(),
  /** It shows what it does in a place of the system: menu bar, tray, notifications. Null where there is nothing to set. */
  preferences: programPreferencesSchema.nullable(),
  update: updateStateSchema.nullable(),
})
export type HostFacts = z.infer<typeof hostSchema>
export const themes = ['dark', 'light'] as const

/** What a program around the core gives it. What is missing it cannot do. */
export interface Host {
  facts(): HostFacts
  /** A dialog of the system. Null: the person changed their mind. */
  chooseFolder?(startIn?: string): Promise<string | null>
  /** Shows a file or folder of this computer in the folder it lies in. */
  showInFolder?(path: string): Promise<void> | void
  /** Shows a web address in the system's browser. Left out: the page is in one. */
  openAddress?(url: string): Promise<void>
  setPreferences?(changes: PreferenceChanges): Promise<void> | void
  setTheme?(theme: (typeof themes)[number]): void
  /** Ends the program and starts the newer one. */
  installUpdate?(): Promise<void>
}
