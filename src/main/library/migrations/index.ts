import { foundation } from './0001-foundation.ts'
import { accounts } from './0002-accounts.ts'
import { remoteFolders } from './0003-remote-folders.ts'
import { copies } from './0004-copies.ts'
import { analysis } from './0005-analysis.ts'
import { words } from './0006-words.ts'
import { chosenFiles } from './0007-chosen-files.ts'
import { marks } from './0008-marks.ts'
import { finding } from './0009-finding.ts'
import { collections } from './0010-collections.ts'
import { artworks } from './0011-artworks.ts'
import { videos } from './0012-videos.ts'
import { arrangedViews } from './0013-arranged-views.ts'
import { editionCopies } from './0014-edition-copies.ts'
import { commandPictures } from './0015-command-pictures.ts'

/** In order; the position is the database's `user_version`. A migration that has landed is never changed. */
export const migrations: readonly string[] = [
  foundation,
  accounts,
  remoteFolders,
  copies,
  analysis,
  words,
  chosenFiles,
  marks,
  finding,
  collections,
  artworks,
  videos,
  arrangedViews,
  editionCopies,
  commandPictures,
]
