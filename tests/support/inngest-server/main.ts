// Stands in for Inngest's dev server where that cannot be had: the same arguments, the same addresses, the same bodies in both
// directions over HTTP, and a memory that ends with it. What a run does next is decided by our own engine. The contract suite
// runs against this one always, and against the real one whenever INNGEST_CLI names it.
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { defaultBackoff } from '../../../src/main/engine/embedded/backoff.ts'
import { callByHttp } from './call-by-http.ts'
import { createExecutor } from './executor.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    host: { type: 'string', default: '0.0.0.0' },
    port: { type: 'string', default: '8288' },
    'sdk-url': { type: 'string', multiple: true, default: [] },
    'no-discovery': { type: 'boolean' },
    'no-poll': { type: 'boolean' },
    'connect-gateway-port': { type: 'string' },
    'connect-gateway-grpc-port': { type: 'string' },
    'connect-executor-grpc-port': { type: 'string' },
  },
})
if (positionals[0] !== 'dev') throw new Error(`There is no command "${positionals[0]}".`)

const folder = await mkdtemp(join(tmpdir(), 'inngest-stand-in-'))
// The contract's functions fail on purpose: Inngest's fifteen seconds would be most of its time.
const backoff = process.env.STAND_IN_RETRIES_AT_ONCE ? () => 10 : defaultBackoff
const engine = createExecutor(join(folder, 'runs.db'), callByHttp, backoff)

const server = createServer(
  getRequestListener(async request => {
    const { pathname } = new URL(request.url)
    if (pathname === '/health') return Response.json({ status: 200, message: 'OK' })
    if (pathname === '/dev') {
      return Response.json({
        version: 'stand-in',
        startOpts: { urls: values['sdk-url'] },
        functions: engine.functionIds(),
      })
    }
    if (pathname === '/fn/register') return engine.register((await request.json()).functions)
    const [, runId] = /^\/v1\/runs\/([^/]+)$/.exec(pathname) ?? []
    if (runId && request.method === 'DELETE') {
      await engine.cancel(runId)
      return new Response(null, { status: 204 })
    }
    return engine.gateway(request)
  }),
)
server.listen(Number(values.port), values.host, () =>
  process.stdout.write(`listening on ${values.host}:${values.port}\n`),
)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    rmSync(folder, { recursive: true, force: true })
    process.exit(0)
  })
}
