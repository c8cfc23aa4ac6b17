import { app, dialog } from 'electron'
import { argumentsToStartAnew } from './intents.ts'
import { runFolder } from './opened.ts'

/** What can be wrong with a library, as the core says it: `LibraryUnavailable`. */
interface OpeningFailure extends Error {
  code?: string
}

export interface OpeningParts<C> {
  open(libraryFolder: string): Promise<C>
  /** Puts the newest copy of the database in place of a damaged one. */
  restore(libraryFolder: string): Promise<void>
  libraryFolder(): string
  /** Remembers another one. */
  choose(libraryFolder: string): void
  report(error: unknown): void
}

/** Opens the library; where that fails, the person decides how to go on, until it is open. Null: they quit. */
export async function openPatiently<C>(parts: OpeningParts<C>): Promise<C | null> {
  for (;;) {
    try {
      return await parts.open(parts.libraryFolder())
    } catch (cause) {
      const failure = cause instanceof Error ? (cause as OpeningFailure) : new Error(String(cause))
      parts.report(failure)
      if ((await goOnAfter(failure, parts)) === 'quit') return null
    }
  }
}

async function goOnAfter<C>(failure: OpeningFailure, parts: OpeningParts<C>): Promise<'again' | 'quit'> {
  const isDamaged = failure.code === 'damaged'
  const buttons = [isDamaged ? 'Restore the newest copy' : 'Try again', 'Choose another library…', 'Quit']
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Burg Ink',
    message: 'The library could not be opened',
    detail: failure.message,
    buttons,
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  })
  if (response === 2) return 'quit'
  if (response === 1) await chooseAnother(parts)
  else if (isDamaged) await parts.restore(parts.libraryFolder()).catch(sayWhyNot)
  return 'again'
}

function sayWhyNot(cause: unknown): void {
  dialog.showErrorBox('No copy could be put in place', cause instanceof Error ? cause.message : String(cause))
}

async function chooseAnother<C>(parts: OpeningParts<C>): Promise<void> {
  const folder = await chooseLibraryFolder(parts.libraryFolder())
  if (folder !== null) parts.choose(folder)
}

/** Null: they changed their mind. An empty folder becomes a new library. */
export async function chooseLibraryFolder(startIn: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: 'Choose a library, or an empty folder for a new one',
    defaultPath: startIn,
    buttonLabel: 'Open library',
    properties: ['openDirectory', 'createDirectory'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** A library is opened with a program that has none: what the other one was doing has ended then. */
export function startAnew(): void {
  const args = argumentsToStartAnew({ argv: process.argv, programFolder: runFolder() })
  // An AppImage runs from a place that is gone when it ends.
  const { APPIMAGE } = process.env
  app.relaunch(APPIMAGE ? { execPath: APPIMAGE, args } : { args })
  app.quit()
}
