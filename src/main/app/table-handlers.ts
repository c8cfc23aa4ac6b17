import { tableBytesMax } from '../../shared/calls/tables.ts'
import { CallFailed, type Handlers } from '../../shared/contract.ts'
import { TableUnreadable } from '../tables/index.ts'
import type { Tables } from './tables.ts'

export interface TableHandlerParts {
  tables: Tables
}

/** What the app answers about tables of other programs. */
export function createTableHandlers({
  tables,
}: TableHandlerParts): Pick<Handlers, Extract<keyof Handlers, `table.${string}`>> {
  return {
    'table.state': () => tables.state(),
    'table.rows': ({ previewId, kind, offset, limit }) => tables.rows(previewId, kind, offset, limit),
    'table.begin': ({ name, sizeBytes }) => explained(() => tables.begin(name, sizeBytes, tableBytesMax)),
    'table.append': async ({ id, base64 }) => {
      await explained(() => tables.append(id, Buffer.from(base64, 'base64')))
      return {}
    },
    'table.read': ({ id, ...how }) => explained(() => tables.read(id, how)),
    'table.preview': async ({ id, subject, targets, clearsEmpty }) => {
      await explained(() => tables.preview(id, subject, targets, clearsEmpty))
      return {}
    },
    'table.import': async ({ previewId }) => {
      await explained(async () => tables.import(previewId))
      return {}
    },
    'table.cancel': async () => {
      await tables.cancel()
      return {}
    },
    'table.close': async () => {
      await tables.close()
      return {}
    },
  }
}

async function explained<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (cause) {
    if (cause instanceof TableUnreadable) throw new CallFailed('table-unreadable', cause.message, { cause })
    throw cause
  }
}
