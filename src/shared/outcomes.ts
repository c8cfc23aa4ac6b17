/** How a found file ends in the ledger of a sync. `pending` is the only one that is not an end. */
export const outcomes = ['pending', 'imported', 'duplicate', 'skipped', 'failed'] as const
export type Outcome = (typeof outcomes)[number]

/**
 * Why a file ended as it did: the code is stored, the sentence is shown. A sentence says what happened and, where
 * something can be done about it, what to do.
 */
export const reasons = {
  // duplicate
  'same-content': 'The same picture is already in the library.',
  // skipped
  unchanged: 'Already in the library, unchanged.',
  moved: 'Already in the library; found again under a new name or in a new place.',
  hidden: 'A hidden file.',
  'system-file': 'A file of the operating system.',
  link: 'A link. Burg Ink does not follow links, so that nothing is read twice or from outside the folder.',
  'special-file': 'Not a file that can be read, but a device, pipe or socket.',
  'not-a-picture': 'Not a kind of picture or video Burg Ink reads yet.',
  'not-downloaded': 'Only a placeholder is on this disk. Make it available offline in Google Drive, then import again.',
  'google-document': 'A document of Google itself, such as Docs or Sheets: it has no picture file to download.',
  'no-download': 'Its owner does not allow downloading it. Ask for the permission in Google Drive, then sync again.',
  'dangling-shortcut': 'A shortcut to something that is gone, in the bin, or not shared with this account.',
  'listed-elsewhere': 'A folder that is part of this sync in another place already.',
  flagged: 'Google marks it as malware or spam and does not let it be downloaded.',
  cancelled: 'The import was cancelled before its turn.',
  // failed
  unreadable: 'It could not be read. Check its permissions, then retry.',
  'folder-unreadable': 'This folder could not be read. Check its permissions, then import again.',
  vanished: 'It disappeared while it was being imported. If it was moved, import again.',
  changing: 'It kept changing while it was read. Retry when the program writing it has finished.',
  empty: 'The file is empty. Restore it from a backup or its source, then retry.',
  'corrupt-download': 'What arrived is not what Google Drive has. Retry.',
  corrupt: 'The picture is damaged and could not be decoded. Restore it from a backup, then retry.',
  'unsupported-format': 'The file holds a format Burg Ink cannot read yet.',
  'too-many-pixels': 'The picture has more pixels than Burg Ink will open.',
  'too-slow': 'Decoding took too long and was stopped.',
  'too-much-memory': 'Decoding needed too much memory and was stopped.',
  'decoder-crashed': 'The picture made the decoder crash. Nothing else was affected.',
  'disk-full': 'The disk of the library is full. Free some space, then retry.',
  'library-read-only': 'The library cannot be written. Check its permissions, then retry.',
  stopped: 'You stopped it. Retry to import it after all.',
  internal: 'Something went wrong inside Burg Ink. Retry; if it happens again, please report it.',
} as const

export type ReasonCode = keyof typeof reasons
