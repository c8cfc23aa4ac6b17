// An app that imports a folder, keeps its originals in a store and has its pictures described, to be killed: it goes on with what
// is left, and ends when all of it is done.
import { createApp } from '../../src/main/app.ts'
import type { AnalysisSettings } from '../../src/shared/analysis.ts'
import type { StorageSettings } from '../../src/shared/storage.ts'
import { noGoogle } from './google.ts'

interface Given {
  libraryFolder: string
  pictures: string
  storage: StorageSettings
  analysis: Partial<AnalysisSettings>
  openAiUrl: string
}

const { libraryFolder, pictures, storage, analysis, openAiUrl } = JSON.parse(process.argv[2] ?? '') as Given
const app = await createApp({
  libraryFolder,
  pageFolder: libraryFolder,
  samplesFolder: null,
  // With both secrets in variables.
  google: { ...noGoogle, environment: process.env },
  analysis: { openAiUrl },
  report: error => console.error(error),
})
await app.start()
const { handlers, library } = app
if ((await handlers['storage.overview']({})).settings.keepsIn === 'disk') {
  await handlers['storage.save']({ settings: storage })
  const { settings } = await handlers['analysis.overview']({})
  await handlers['analysis.save']({ settings: { ...settings, ...analysis } })
}
const isImported = () => library.syncs.list(1).some(({ state }) => state === 'completed')
if (!isImported()) await handlers['folder.import']({ path: pictures, copyOriginals: true })

await new Promise<void>((resolve, reject) => {
  const look = async () => {
    const { sending } = await handlers['storage.overview']({})
    const { runs } = await handlers['analysis.overview']({})
    const isDescribed = runs.length > 0 && runs.every(({ state }) => state === 'completed')
    if (isImported() && sending.state === 'idle' && isDescribed) resolve()
  }
  const onChange = () => void look().catch(reject)
  for (const name of ['storage', 'analysis', 'sync'] as const) library.changes.on(name, onChange)
  onChange()
})
await app.stop()
