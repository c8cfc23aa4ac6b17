import { join } from 'node:path'

/** A program that is started as Inngest's is, for `INNGEST_CLI`. */
export const standIn = join(import.meta.dirname, 'inngest')
/** The same, by the Node that runs this. */
export const standInCommand: readonly [string, ...string[]] = [process.execPath, join(import.meta.dirname, 'main.ts')]
