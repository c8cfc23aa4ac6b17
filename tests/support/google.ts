import { createMemoryStore } from '../../src/main/accounts/index.ts'
import type { AppConfig } from '../../src/main/app.ts'
import { startDriveServer } from './drive-server/index.ts'
import { browse, startGoogleAuthServer } from './google-auth-server.ts'

/** Google on this machine: accounts, a Drive, and what an app needs to reach both. */
export async function startGoogle() {
  const auth = await startGoogleAuthServer()
  const drive = await startDriveServer()
  const secrets = createMemoryStore()
  const config: AppConfig['google'] = {
    environment: { GOOGLE_CLIENT_ID: auth.client.id, GOOGLE_CLIENT_SECRET: auth.client.secret },
    openBrowser: async url => {
      await browse(url)
    },
    openSecrets: async () => ({ store: secrets, notice: null }),
    endpoints: auth.endpoints,
    driveUrl: drive.url,
  }
  // What the one gives out the other accepts.
  drive.settings.acceptsToken = auth.isAccessTokenGood
  drive.settings.ownerOf = auth.ownerOf
  return {
    auth,
    drive,
    world: drive.world,
    config,
    async stop(): Promise<void> {
      await auth.stop()
      await drive.close()
    },
  }
}

/** For tests without Google: nobody to connect to, and no keychain of whoever runs them. */
export const noGoogle: AppConfig['google'] = {
  environment: {},
  openBrowser: () => Promise.reject(new Error('There is no browser here.')),
  openSecrets: async () => ({ store: createMemoryStore(), notice: null }),
}
