import { queryClient, transport, useCall } from './api.ts'
import type { HostFacts } from './contract.ts'
import { theme } from './preferences.ts'

const key = ['host.get', {}] as const

/** What the program around the page can do; undefined where nobody says. */
export const useHost = (): HostFacts | undefined => useCall('host.get', {}).data

export const hostNow = (): HostFacts | undefined => queryClient.getQueryData<HostFacts>(key)

export const rememberHost = (facts: HostFacts): void => void queryClient.setQueryData<HostFacts>(key, facts)

/** Tells what is around the page how it looks, now and whenever that changes. Nobody there to hear it is no fault. */
export function startHost(): void {
  const tellTheme = (): void => void transport.call('host.theme', { theme: theme.get() }).catch(() => undefined)
  theme.subscribe(tellTheme)
  tellTheme()
}
