export const driveKind = 'google_drive'

/** What an event may say of where a sync was: Google's ids. The path of a folder on a disk is nobody's business. */
export const driveRootOf = ({ source, folderPath }: { source: string; folderPath: string }): string | null =>
  source === driveKind ? folderPath : null
