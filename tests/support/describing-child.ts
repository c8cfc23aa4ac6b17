// A program that describes the pictures of a folder until it is killed, or goes on with that: for tests that kill it.
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import { createApp } from '../../src/main/app.ts'

const { libraryFolder, openAiUrl, key, folder, model } = JSON.parse(process.argv[2] as string) as {
  libraryFolder: string
  openAiUrl: string
  key: string
  model: string
  /** Imported first, described as its pictures come; left out: what is there goes on. */
  folder?: string
}

const app = await createApp({
  libraryFolder,
  pageFolder: libraryFolder,
  samplesFolder: null,
  google: {
    environment: { OPENAI_API_KEY: key },
    openBrowser: async () => {},
    openSecrets: async () => ({ store: createMemoryStore(), notice: null }),
  },
  analysis: { openAiUrl },
  report: console.error,
})
await app.start()
if (folder !== undefined) {
  const { settings } = await app.handlers['analysis.overview']({})
  const automatic = { ...settings, analyser: 'openai' as const, model, dayCapUsd: null, isAutomatic: true }
  await app.handlers['analysis.save']({ settings: automatic })
  await app.handlers['folder.import']({ path: folder })
}
process.on('disconnect', () => process.exit())
