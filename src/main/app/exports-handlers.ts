import { CallFailed, type Handlers } from '../../shared/contract.ts'
import { ExportFailed } from '../publishing/index.ts'
import type { Exports } from './exports.ts'

export interface ExportsHandlerParts {
  exporting: Exports
}

type ExportsCalls = 'export.state' | 'export.start' | 'export.cancel'

export function createExportsHandlers({ exporting }: ExportsHandlerParts): Pick<Handlers, ExportsCalls> {
  return {
    'export.state': () => ({ export: exporting.state() }),
    'export.start': async asked => {
      try {
        return await exporting.start(asked)
      } catch (cause) {
        if (cause instanceof ExportFailed) throw new CallFailed('export-failed', cause.message, { cause })
        throw cause
      }
    },
    'export.cancel': async () => {
      await exporting.cancel()
      return {}
    },
  }
}
