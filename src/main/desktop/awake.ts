import { powerSaveBlocker } from 'electron'

/** Keeps the system from falling asleep while something is being done. The display may go dark. */
export function createWakefulness(): (isBusy: boolean) => void {
  let blocker: number | null = null
  return isBusy => {
    if (isBusy && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (isBusy || blocker === null) return
    powerSaveBlocker.stop(blocker)
    blocker = null
  }
}
