import type { WorksOrder } from '../../lib/contract.ts'
import { createRememberedStore } from '../../lib/store.ts'

/** What a person says of themselves and chooses for a portfolio. Their name is that of what is printed, too. */
export type PortfolioDraft = Omit<WorksOrder & { format: 'portfolio' }, 'format' | 'to' | 'artist'>

export const emptyPortfolio: PortfolioDraft = {
  about: '',
  contact: '',
  address: '',
  isIndexed: true,
  showsStatus: false,
  showsPrices: false,
  showsProvenance: false,
}

/** As it was exported last, since it is exported again and again. */
export const lastPortfolio = createRememberedStore('portfolio', emptyPortfolio, isPortfolio)

function isPortfolio(value: unknown): value is PortfolioDraft {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(emptyPortfolio).every(
    ([name, usual]) => typeof (value as Record<string, unknown>)[name] === typeof usual,
  )
}
