import type { Account } from '../../lib/contract.ts'
import type { Look } from '../../ui/status-mark.tsx'

export const accountLooks: Record<Account['state'], Look> = {
  connected: { icon: 'done', tone: 'done', word: 'Connected' },
  reconnect: { icon: 'failed', tone: 'failed', word: 'Reconnect' },
}
