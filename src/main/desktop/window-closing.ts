import { type BrowserWindow, dialog } from 'electron'
import { actionOfClose, answerOfClose, closeButtons } from './closing.ts'
import type { ProgramState } from './program-state.ts'

export interface ClosingParts {
  state: ProgramState
  /** What is under way, a line each; none: nothing is. */
  workUnderWay(): Promise<readonly string[]>
  isEnding(): boolean
  hide(): void
  quit(): void
  /** A preference was chosen. */
  changed(): void
  report(error: unknown): void
}

/** Has a window that is closed do what the person wants: hide, so that work goes on behind it, or end the program. */
export function decideOnClose(window: BrowserWindow, parts: ClosingParts): void {
  let isDeciding = false
  window.on('close', event => {
    if (parts.isEnding()) return
    event.preventDefault()
    if (isDeciding) return
    isDeciding = true
    decide(window, parts)
      .catch(parts.report)
      .finally(() => {
        isDeciding = false
      })
  })
}

async function decide(window: BrowserWindow, { state, workUnderWay, hide, quit, changed }: ClosingParts) {
  const lines = await workUnderWay()
  const { goesOnInBackground } = state.preferences
  let action = actionOfClose({ platform: process.platform, goesOnInBackground, isUnderWay: lines.length > 0 })
  if (action === 'ask') {
    const answer = await ask(window, lines)
    if (answer.action === 'stay') return
    action = answer.action
    if (answer.goesOnInBackground !== null) state.setPreferences({ goesOnInBackground: answer.goesOnInBackground })
    changed()
  }
  if (action === 'hide') hide()
  else quit()
}

async function ask(window: BrowserWindow, lines: readonly string[]) {
  const { response, checkboxChecked } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Burg Ink',
    message: 'Burg Ink is still at work',
    detail: `${lines.join('\n')}\n\nIn the background it goes on without a window. After quitting, it goes on at the next start.`,
    buttons: closeButtons,
    defaultId: 0,
    cancelId: closeButtons.length - 1,
    checkboxLabel: 'Always do this',
    noLink: true,
  })
  return answerOfClose(response, checkboxChecked)
}
