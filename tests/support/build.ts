import { ensureBuilt } from '../../scripts/ensure-built.ts'

export const setup = ensureBuilt
