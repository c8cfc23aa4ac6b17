import { join } from 'node:path'
import { createEmbeddedEngine, createServerEngine, findInngestCli, type JobEngine } from '../engine/index.ts'
import type { Library } from '../library/index.ts'

type Environment = Record<string, string | undefined>

interface EngineTells {
  /** What has to be written cannot be. */
  onStuck(cause: unknown): void
  /** It has forgotten what it was sent. */
  onForgot(): void
  /** It is gone for now. @param message for a person. */
  onDown(message: string): void
}

/**
 * What runs the jobs: `BURG_INK_ENGINE` says which, and without it the embedded engine does, which needs nothing.
 * @throws {Error} in words for a person.
 */
export async function chooseEngine(library: Library, environment: Environment, tells: EngineTells): Promise<JobEngine> {
  const name = environment.BURG_INK_ENGINE || 'embedded'
  if (name === 'embedded') {
    return createEmbeddedEngine({ databasePath: library.layout.jobs, onStuck: tells.onStuck })
  }
  if (name !== 'server') throw new Error(`BURG_INK_ENGINE is “${name}”. It can be embedded or server.`)
  const program = await findInngestCli(environment)
  if (program === null) {
    throw new Error(
      'Inngest’s program was not found. Fetch it with "npm rebuild inngest-cli --ignore-scripts=false", or give its path as INNGEST_CLI, or leave BURG_INK_ENGINE out: the embedded engine needs nothing.',
    )
  }
  const { onForgot, onDown } = tells
  const stateFolder = join(library.layout.folder, '.inngest')
  return createServerEngine({ command: [program], stateFolder, port: portOf(environment), onForgot, onDown })
}

function portOf({ BURG_INK_ENGINE_PORT: text }: Environment): number | undefined {
  if (!text) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`BURG_INK_ENGINE_PORT is “${text}”, which is no port. It is a number from 1 to 65535, such as 8288.`)
}
