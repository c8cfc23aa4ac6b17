import { ApiError } from './api-error.ts'
import type { RequestKind } from './faults.ts'

/** Of Google's discovery document (drive:v3): what a method takes, beside what every one does. */
const parametersOf: Record<RequestKind, string> = {
  'files.list':
    'corpora corpus driveId includeItemsFromAllDrives includeLabels includePermissionsForView includeTeamDriveItems ' +
    'orderBy pageSize pageToken q spaces supportsAllDrives supportsTeamDrives teamDriveId',
  'files.get': 'acknowledgeAbuse includeLabels includePermissionsForView supportsAllDrives supportsTeamDrives',
  'files.media': 'acknowledgeAbuse includeLabels includePermissionsForView supportsAllDrives supportsTeamDrives',
  'changes.list':
    'driveId includeCorpusRemovals includeItemsFromAllDrives includeLabels includePermissionsForView includeRemoved ' +
    'includeTeamDriveItems pageSize pageToken restrictToMyDrive spaces supportsAllDrives supportsTeamDrives teamDriveId',
  'changes.getStartPageToken': 'driveId supportsAllDrives supportsTeamDrives teamDriveId',
  'drives.list': 'pageSize pageToken q useDomainAdminAccess',
  'drives.get': 'useDomainAdminAccess',
  'about.get': '',
}

const ofEvery = 'alt fields key prettyPrint quotaUser'

/** @throws {ApiError} for a parameter the method does not have, or a page size it does not allow. */
export function assertParameters(kind: RequestKind, parameters: URLSearchParams): void {
  const known = new Set(`${parametersOf[kind]} ${ofEvery}`.split(' '))
  for (const name of parameters.keys()) {
    if (!known.has(name)) throw new ApiError(400, 'invalidParameter', `Unknown parameter ${name}`, name)
  }
  const pageSize = Number(parameters.get('pageSize') ?? 100)
  const most = kind === 'drives.list' ? 100 : 1000
  if (!(pageSize >= 1 && pageSize <= most)) {
    throw new ApiError(
      400,
      'invalidParameter',
      `Invalid value '${pageSize}'. Values must be within 1 to ${most}.`,
      'pageSize',
    )
  }
}
