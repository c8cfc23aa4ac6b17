import { createCloudEngine } from '../../src/main/engine/index.ts'
import { startCloud } from '../support/inngest-server/cloud.ts'
import { describeEngineContract } from './engine.contract.ts'

describeEngineContract('cloud (a stand-in for it)', async () => {
  const { url, eventKey, signingKey } = await startCloud()
  const engine = createCloudEngine({
    baseUrl: url,
    eventKey,
    signingKey,
    instanceId: 'contract',
    onUp() {},
    onDown() {},
    restsAfterMs: 150,
  })
  return { engine, slackMs: 300 }
})
