import { transport } from './api.ts'
import { hostNow } from './host.ts'
import { tellFailure } from './notice.ts'
import { goToImport } from './route.ts'
import { createStore } from './store.ts'

/** The system's dialog is open. */
export const isChoosing = createStore(false)

/**
 * Asks by the system's dialog, one at a time.
 * @returns null when the person changed their mind, or is still choosing. Throws `CallFailed` where there is no dialog.
 */
export async function chooseFolder(startIn?: string): Promise<string | null> {
  if (isChoosing.get()) return null
  isChoosing.set(true)
  try {
    const { path } = await transport.call('folder.choose', startIn ? { startIn } : {})
    return path
  } finally {
    isChoosing.set(false)
  }
}

/** How the form that is shown asks for its folder; null while none is. */
export const formChoice = createStore<(() => void) | null>(null)

/**
 * By the system's dialog where there is one: into the form that is shown, or onto the import screen, where nothing begins
 * before a person says so. Elsewhere that screen has folders to walk through.
 */
export function importFolder(): void {
  const chooseInForm = formChoice.get()
  if (!hostNow()?.canChooseFolder) goToImport()
  else if (chooseInForm) chooseInForm()
  else chooseFolder().then(path => path !== null && goToImport(path), tellFailure)
}
