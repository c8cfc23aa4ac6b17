import { transport, useCall } from './api.ts'
import type { EngineName, EngineOverview } from './contract.ts'
import { tell, tellFailure } from './notice.ts'

/** What does the work; undefined where nobody says yet. */
export const useEngine = (): EngineOverview | undefined => useCall('engine.get', {}).data

export const engineTitles: Record<EngineName, string> = {
  embedded: 'Burg Ink itself',
  server: 'Inngest on this computer',
  cloud: 'Inngest elsewhere',
}

async function openNow(): Promise<void> {
  const { dashboardUrl } = await transport.call('engine.get', {})
  if (dashboardUrl === null) {
    tell(
      'Burg Ink itself does the work now, and shows it here. Inngest’s dashboard is there when Inngest does it: see Settings.',
    )
    return
  }
  const { isOpen } = await transport.call('engine.openDashboard', {})
  if (!isOpen) window.open(dashboardUrl, '_blank', 'noreferrer')
}

/** Inngest's own view of the work, in the browser. */
export const openDashboard = (): void => void openNow().catch(tellFailure)
