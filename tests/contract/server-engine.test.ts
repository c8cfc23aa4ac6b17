import { createServerEngine } from '../../src/main/engine/index.ts'
import { standInCommand } from '../support/inngest-server/index.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { describeEngineContract } from './engine.contract.ts'

const real = process.env.INNGEST_CLI

describeEngineContract(real ? 'dev server' : 'dev server (a stand-in for it)', async () => {
  process.env.STAND_IN_RETRIES_AT_ONCE = '1'
  const engine = await createServerEngine({
    command: real ? [real] : standInCommand,
    stateFolder: await makeTempFolder('server-engine'),
    onForgot() {},
    onUp() {},
    onDown() {},
    ...(!real && { restsAfterMs: 150 }),
  })
  return { engine, slackMs: real ? 1500 : 300 }
})
