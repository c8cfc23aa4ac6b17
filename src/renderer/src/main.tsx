import './lib/zod-without-eval.ts'
import './app/tokens.css'
import './app/base.css'
import './ui/ui.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { queryClient, transport } from './lib/api.ts'
import { startKeys } from './lib/commands.ts'
import { startDrops } from './lib/drop-listeners.ts'
import { startHistory } from './lib/history.ts'
import { startHost } from './lib/host.ts'
import { startLive } from './lib/live.ts'
import { startTheme } from './lib/preferences.ts'
import { startRoutes } from './lib/route.ts'

startTheme()
startDrops()
await transport.open()
startRoutes()
startLive()
startHost()
startHistory()
startKeys()

createRoot(document.getElementById('root') as HTMLElement).render(
  <QueryClientProvider client={queryClient}>
    <App />
  </QueryClientProvider>,
)
