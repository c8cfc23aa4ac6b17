// `fork` with options: a server as OpenAI's in a process of its own, for benchmarks. It says when it let a request through,
// and when it did not.
import { startOpenAiServer } from './openai-server/index.ts'
import { RateLimits } from './openai-server/rate-limits.ts'

const admittedMs: number[] = []
const refusedMs: number[] = []
const { admit } = RateLimits.prototype
RateLimits.prototype.admit = function (...args) {
  try {
    admit.apply(this, args)
    admittedMs.push(Date.now())
  } catch (cause) {
    refusedMs.push(Date.now())
    throw cause
  }
}

const server = await startOpenAiServer(JSON.parse(process.argv[2] ?? '{}'))
process.on('message', () => process.send?.({ admittedMs, refusedMs }))
process.on('disconnect', () => process.exit())
process.send?.({ url: server.url, key: server.key })
