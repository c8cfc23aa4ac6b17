import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { Host } from '../../shared/host.ts'

type HostCalls = 'host.get' | 'host.set' | 'host.theme' | 'folder.choose' | 'update.install'

/** What the program around the core answers; what it cannot do is a failed call and not a missing one. */
export function createHostHandlers(host: Host): Pick<Handlers, HostCalls> {
  return {
    'host.get': () => host.facts(),
    'host.set': async changes => {
      if (!host.setPreferences) throw cannot('There is nothing to set here: Burg Ink runs without a window of its own.')
      await host.setPreferences(changes)
      return host.facts()
    },
    'host.theme': ({ theme }) => {
      host.setTheme?.(theme)
      return {}
    },
    'folder.choose': async ({ startIn }) => {
      if (!host.chooseFolder) throw cannot('There is no dialog to choose a folder by. Type its path, or browse to it.')
      return { path: await host.chooseFolder(startIn) }
    },
    'update.install': async () => {
      if (!host.installUpdate) throw cannot('This copy of Burg Ink does not update itself.')
      await host.installUpdate()
      return {}
    },
  }
}

const cannot = (message: string) => new CallFailed('not-allowed', message)
