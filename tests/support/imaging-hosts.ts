import { decodingBeside } from '../../src/main/desktop/decoding.ts'
import type { ImagingOptions } from '../../src/main/imaging/index.ts'
import { utilityProcess } from './utility-process.ts'

/** Every way to start the process that decodes. Where Electron itself is, tests/e2e starts it as the program does. */
export const imagingHosts: Record<string, () => ImagingOptions> = {
  'The Node that runs this': () => ({}),
  'Electron on Linux: plain Node by its path': () => beside('linux'),
  'Electron elsewhere: a utility process (stand-in)': () => beside('win32'),
}

function beside(platform: NodeJS.Platform): ImagingOptions {
  return decodingBeside({ platform, resourcesFolder: null, forkUtility: utilityProcess.fork })
}

/** In the words of who reads the report; null where it can run. */
export function whyNotHere(host: string): string | null {
  return host.includes('Linux') && process.platform !== 'linux' ? 'npm installs no Node for Linux here' : null
}
