/** An S3 server, as far away as it is told, in a process of its own: its work is not that of who asks it. */
import { startFaultProxy } from './s3-fault-proxy.ts'
import { startS3Server } from './s3-server.ts'

const { latencyMs } = JSON.parse(process.argv[2] ?? '{}') as { latencyMs?: number }

const server = await startS3Server()
const proxy = latencyMs ? await startFaultProxy(server.url, { latencyMs }) : undefined

process.on('message', async () => {
  await server.empty()
  process.send?.('emptied')
})
process.on('disconnect', async () => {
  await proxy?.stop()
  await server.stop()
  process.exit()
})
process.send?.({ ...server.config, endpoint: proxy?.url ?? server.url })
