import { homedir } from 'node:os'
import type { EntryStat, FolderFileSystem } from './file-system.ts'

/** Up to here a Mac may keep a file's bytes inside its inode's attributes, without a block of its own. */
const inlineBytesMax = 4096

/**
 * Says whether only a placeholder of a file is on the disk. Opening one would fetch it, or hang where there is no network.
 *
 * On a Mac, Google Drive for desktop and every other File Provider keep streamed files as dataless ones: they have their
 * size and not one block (Apple TN3150). Only the volume of the home folder is judged, where File Provider keeps them:
 * network and FUSE volumes may count no blocks at all.
 *
 * Elsewhere nothing is judged. On Windows Google Drive is a drive of its own that fetches what is read, and the attribute
 * that marks OneDrive's placeholders is not to be had from Node. For Linux there is no such program, while its file systems
 * have files without blocks for reasons of their own: bytes kept inline, not yet allocated, or all zero.
 */
export function createPlaceholderTest(platform: NodeJS.Platform, fileSystem: FolderFileSystem) {
  let homeDevice: Promise<bigint | null> | undefined
  return async (stat: EntryStat): Promise<boolean> => {
    if (platform !== 'darwin' || stat.blocks !== 0 || stat.sizeBytes <= inlineBytesMax) return false
    homeDevice ??= fileSystem.lstat(homedir()).then(
      home => home.device,
      () => null,
    )
    return stat.device === (await homeDevice)
  }
}
