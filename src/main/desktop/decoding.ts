import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type ImagingOptions, startNode } from '../imaging/index.ts'
import { type ForkUtility, startUtility } from './utility-child.ts'

/** What this computer and this program are. */
export interface DecodingFacts {
  platform: NodeJS.Platform
  /** Of a packaged program the folder with its archive; null in development. */
  resourcesFolder: string | null
  forkUtility: ForkUtility
}

/**
 * How pictures are decoded beside Electron. On Linux its processes, utility processes included, come with the system's GLib and
 * native sharp with its own, and the two crash each other (sharp issues 4522 and 4525, electron issue 46323): there the child
 * is plain Node, which ships with the program. Elsewhere Electron starts the child, since it does not run as Node itself.
 *
 * The WebAssembly build of sharp would be 27 MB less to download. It is slower (`npm run bench -- imaging-hosts`)
 * and cannot hold more than 2 GiB, and its SVG renderer draws any file that a drawing names, which may be anybody's drawing.
 */
export function decodingBeside({ platform, resourcesFolder, forkUtility }: DecodingFacts): ImagingOptions {
  const plainNode = () => startNode(resourcesFolder === null ? installedNode(platform) : join(resourcesFolder, 'node'))
  return {
    startChild: platform === 'linux' ? plainNode() : startUtility(forkUtility),
    // Plain Node cannot read the archive, so what the child needs lies beside it.
    ...(resourcesFolder !== null && {
      childEntry: join(resourcesFolder, 'app.asar.unpacked/out/main/imaging-child.js'),
    }),
  }
}

/** npm's package of Node, which every script runs on as well. */
function installedNode(platform: string): string {
  const { resolve } = createRequire(import.meta.url)
  try {
    return join(resolve(`node-${platform}-${process.arch}/package.json`), '../bin/node')
  } catch (cause) {
    throw new Error('Plain Node, which decodes pictures, is missing. Run "npm ci" without --omit=optional.', { cause })
  }
}
