/** Electron's entry: the same core as `cli.ts`, in a window of its own. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { startDesktop } from './desktop/index.ts'

// As in cli.ts: an import makes much short-lived garbage.
setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--heap-growing-percent=30')

/** Sources and build lie equally deep, so that this holds for both. */
const programFolder = join(import.meta.dirname, '../..')

startDesktop({
  programFolder,
  openCore: async ({ libraryFolder, samplesFolder, openBrowser, openSecrets, host, imaging, report }) => {
    const { createApp } = await import('./app.ts')
    return createApp({
      libraryFolder,
      pageFolder: join(programFolder, 'out/renderer'),
      samplesFolder: existsSync(samplesFolder) ? samplesFolder : null,
      token: process.env.BURG_INK_TOKEN || undefined,
      google: { environment: process.env, openBrowser, openSecrets },
      host,
      imaging,
      report,
    })
  },
  restoreLibrary: async libraryFolder => {
    const { restoreNewestBackup } = await import('./library/index.ts')
    restoreNewestBackup(libraryFolder)
  },
})
