import { join } from 'node:path'
import { createEmbeddedEngine } from '../../src/main/engine/index.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { describeEngineContract } from './engine.contract.ts'

describeEngineContract('embedded', async () => {
  const databasePath = join(await makeTempFolder('engine'), 'jobs.db')
  return { engine: createEmbeddedEngine({ databasePath, backoff: () => 10 }), slackMs: 20 }
})
