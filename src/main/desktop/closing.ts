/** What happens to the program when its window is closed. */
export type CloseAction = 'hide' | 'ask' | 'quit'

interface Closing {
  platform: NodeJS.Platform
  /** As the person chose; null: never. */
  goesOnInBackground: boolean | null
  isUnderWay: boolean
}

/** On macOS a program outlives its window and is quit by its menu. */
export function actionOfClose({ platform, goesOnInBackground, isUnderWay }: Closing): CloseAction {
  if (platform === 'darwin' || goesOnInBackground === true) return 'hide'
  return goesOnInBackground === null && isUnderWay ? 'ask' : 'quit'
}

/** In this order; the last one is Esc. */
export const closeButtons = ['Go On in the Background', 'Quit', 'Cancel']

/** What was answered, and whether it holds from now on. */
export function answerOfClose(
  button: number,
  isForAlways: boolean,
): { action: Exclude<CloseAction, 'ask'> | 'stay'; goesOnInBackground: boolean | null } {
  const action = (['hide', 'quit'] as const)[button] ?? 'stay'
  return { action, goesOnInBackground: isForAlways && action !== 'stay' ? action === 'hide' : null }
}

/** Where no window is seen, the tray is the only way back. */
export const isTrayShown = (goesOnInBackground: boolean | null, isWindowSeen: boolean): boolean =>
  goesOnInBackground === true || !isWindowSeen
