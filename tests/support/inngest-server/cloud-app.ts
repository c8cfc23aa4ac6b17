import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type App, type AppConfig, createApp } from '../../../src/main/app.ts'
import { noGoogle } from '../google.ts'
import { makeTempFolder } from '../temp-folder.ts'
import type { Cloud } from './cloud.ts'

export interface CloudApp extends App {
  libraryFolder: string
  /** What a person is told. */
  reported: string[]
}

/** The real app on a library of its own, whose jobs Inngest runs elsewhere; started, and stopped after the test. */
export async function startCloudApp(cloud: Cloud, google: AppConfig['google'] = noGoogle): Promise<CloudApp> {
  const libraryFolder = join(await makeTempFolder('library'), 'Library')
  const reported: string[] = []
  const environment = {
    ...google.environment,
    BURG_INK_ENGINE: 'cloud',
    INNGEST_BASE_URL: cloud.url,
    INNGEST_EVENT_KEY: cloud.eventKey,
    INNGEST_SIGNING_KEY: cloud.signingKey,
  }
  const app = await createApp({
    libraryFolder,
    pageFolder: libraryFolder,
    samplesFolder: null,
    google: { ...google, environment },
    report: error => reported.push(error instanceof Error ? error.message : JSON.stringify(error)),
  })
  onTestFinished(() => app.stop())
  await app.start()
  return { ...app, libraryFolder, reported }
}
