import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { UpdateChannel } from '../../shared/host.ts'

interface Circumstances {
  channel: UpdateChannel
  isPackaged: boolean
  resourcesFolder: string
}

/** Why this copy of the program does not look for newer versions; null where it does. */
export function whyUpdatesAreOff({ channel, isPackaged, resourcesFolder }: Circumstances): string | null {
  const has = (name: string) => existsSync(join(resourcesFolder, name))
  if (!isPackaged) return 'This copy runs from its sources and does not update itself.'
  if (!has('app-update.yml')) return 'This copy was made without an address for newer versions.'
  // electron-builder writes this file into packages of the system. Replacing those takes a password, at a moment of ours.
  if (has('package-type'))
    return 'This copy was installed as a package of the system. Install a newer one to update it.'
  if (process.platform === 'linux') return whyAppImageStays() ?? whyChosen(channel)
  return whyChosen(channel)
}

const whyChosen = (channel: Circumstances['channel']) =>
  channel === 'off' ? 'Newer versions are not looked for.' : null

/** An AppImage is one file, which the newer one takes the place of. */
function whyAppImageStays(): string | null {
  const path = process.env.APPIMAGE
  if (!path) return 'This copy was not started as an AppImage, and only that can be replaced by a newer one.'
  try {
    accessSync(dirname(path), constants.W_OK)
    return null
  } catch {
    return `This copy is in a folder that cannot be written to, ${dirname(path)}. Move it to one of yours to have it updated.`
  }
}
