import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer as createProbe } from 'node:net'
import { createInterface } from 'node:readline'
import { createLogger, createServer, type HttpProxy, mergeConfig } from 'vite'
import { developmentConfigs } from './dev-config.ts'
import { passSignals } from './steps.ts'

/**
 * The page by Vite, and the headless program from its sources behind it, started anew by Node whenever one of them is
 * saved. Its token stays the same, so that a page that is open keeps its session.
 */
export async function developPage(args: readonly string[]): Promise<void> {
  const token = process.env.BURG_INK_TOKEN || randomBytes(24).toString('base64url')
  const port = await freePort()
  const page = await servePage(port)
  const program = startProgram(args, port, token)
  announce(program.stdout, `${page.resolvedUrls?.local[0]}#token=${encodeURIComponent(token)}`)
  passSignals(signal => program.kill(signal))
  await once(program, 'exit')
  await page.close()
  process.exit()
}

/** What it prints itself is the address of what is behind the page. */
function announce(said: NodeJS.ReadableStream, address: string): void {
  createInterface(said).on('line', line => console.log(line.replace(/^Burg Ink is at .*/, `Burg Ink is at ${address}`)))
}

function startProgram(args: readonly string[], port: number, token: string) {
  const watched = ['src/main', 'src/shared'].map(folder => `--watch-path=${folder}`)
  const command = ['src/main/cli.ts', 'serve', '--port', String(port), ...args]
  return spawn(process.execPath, ['--watch', '--watch-preserve-output', ...watched, ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // With BURG_INK_DEBUG it says where in the sources something went wrong.
    env: { BURG_INK_DEBUG: '1', ...process.env, BURG_INK_TOKEN: token },
  })
}

async function servePage(port: number) {
  // The program answers its own pages alone: to it, the page's address is this one.
  const proxied = { target: `http://127.0.0.1:${port}`, changeOrigin: false, configure: endWithTarget }
  const { renderer } = await developmentConfigs()
  const server = await createServer(
    mergeConfig(renderer, {
      customLogger: withoutProxyErrors(),
      server: { host: '127.0.0.1', proxy: { '/api': proxied, '/media': proxied } },
    }),
  )
  return server.listen()
}

/** The stream of events ends with the program: left open, the page would wait in it for ever. */
function endWithTarget(proxy: HttpProxy.ProxyServer): void {
  proxy.on('proxyRes', (answer, _request, response) => {
    answer.on('close', () => response.writableEnded || response.destroy())
  })
}

/** While the program starts anew nobody answers, which is no error: the page asks again. */
function withoutProxyErrors() {
  const logger = createLogger('warn')
  return {
    ...logger,
    error: (text: string, options?: object) => {
      if (!text.includes('proxy error')) logger.error(text, options)
    },
  }
}

/** One that stays the same for every start of the program. */
async function freePort(): Promise<number> {
  const probe = createProbe().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
