import { type DriveWorld, folderType, md5Of, shortcutType, type WorldFile } from './world.ts'

/** A file as the API shows it, before the mask: drive_v3.Schema$File. */
export function fileResource(world: DriveWorld, file: WorldFile): Record<string, unknown> {
  const isGoogles = file.mimeType.startsWith('application/vnd.google-apps.')
  const isShortcut = file.mimeType === shortcutType
  const bytes = file.bytes ?? Buffer.alloc(0)
  return {
    kind: 'drive#file',
    id: file.id,
    name: file.name,
    mimeType: file.mimeType,
    parents: file.parents.length > 0 ? file.parents : undefined,
    trashed: world.isTrashed(file),
    explicitlyTrashed: file.isTrashed,
    createdTime: new Date(file.createdMs).toISOString(),
    modifiedTime: new Date(file.modifiedMs).toISOString(),
    size: isGoogles ? undefined : String(bytes.length),
    md5Checksum: isGoogles ? undefined : md5Of(bytes),
    headRevisionId: isGoogles ? undefined : `${file.id}-${file.revision}`,
    driveId: file.driveId,
    resourceKey: file.resourceKey,
    shortcutDetails: isShortcut
      ? {
          targetId: file.targetId,
          targetMimeType: file.targetMimeType,
          targetResourceKey: world.files.get(file.targetId ?? '')?.resourceKey,
        }
      : undefined,
    capabilities: {
      canDownload: !(isGoogles || file.canDownload === false),
      canListChildren: file.mimeType === folderType,
    },
  }
}

export const fileFields: ReadonlySet<string> = new Set(
  (
    'kind id name mimeType parents trashed explicitlyTrashed createdTime modifiedTime size md5Checksum headRevisionId driveId ' +
    'resourceKey shortcutDetails capabilities'
  ).split(' '),
)
