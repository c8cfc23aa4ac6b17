import { lstatSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Chromium } from './chromium.ts'

/** State shared by start.ts and the stand-in module. */
export const host = {
  appPath: process.cwd(),
  name: 'Electron',
  version: '0.0.0',
  switches: new Map<string, string>(),
  ready: Promise.withResolvers<void>(),
  isReady: false,
  chromium: undefined as Chromium | undefined,
  schemes: new Map<string, Electron.Privileges>(),
  handlers: new Map<string, (request: Request) => Response | Promise<Response>>(),
}

const suffix = 'electron-harness.invalid'
/**
 * Stock Chromium cannot navigate to an unknown scheme, nor give it an origin. A standard scheme's URLs that
 * need either are therefore shown to Chromium as https://<host>.<scheme>.electron-harness.invalid/...
 */
export function toWeb(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url)
  return match && host.schemes.get(match[1]!)?.standard
    ? `https://${match[2]}.${match[1]}.${suffix}${match[3] || '/'}`
    : url
}
export function fromWeb(url: string): string {
  const match = /^https:\/\/(.*)\.([a-z0-9+-]+)\.electron-harness\.invalid(\/.*)?$/.exec(url)
  return match ? `${match[2]}://${match[1]}${match[3] ?? ''}` : url
}
/** A policy that allows scheme: (or scheme://host) must allow the https stand-in too. */
export function mapCsp(policy: string): string {
  return policy.replace(
    /(?<=[\s;])([a-z][a-z0-9+.-]*):(?:\/\/([^\s;/]+))?(?=[\s;/]|$)/g,
    (token, scheme: string, name?: string) =>
      host.schemes.get(scheme)?.standard ? `${token} https://${name ?? '*'}.${scheme}.${suffix}` : token,
  )
}

/** Media bodies must stream: they go through this server, by rewriting the paused request's URL (unseen by the page). */
const streams = new Map<string, (request: Request) => Promise<Response>>()
let server: Promise<string> | undefined
export async function streamUrl(handler: (request: Request) => Promise<Response>): Promise<string> {
  server ??= new Promise(resolve => {
    const http = createServer((req, res) => {
      const handle = streams.get(req.url!)
      streams.delete(req.url!)
      if (!handle) {
        res.writeHead(404).end()
        return
      }
      const abort = new AbortController()
      res.on('close', () => abort.abort())
      handle(
        new Request('http://stream.invalid', { headers: req.headers as Record<string, string>, signal: abort.signal }),
      ).then(
        response => {
          res.writeHead(response.status, Object.fromEntries(response.headers))
          if (response.body)
            Readable.fromWeb(response.body as never)
              .on('error', () => res.destroy())
              .pipe(res)
          else res.end()
        },
        () => res.writeHead(500).end(),
      )
    })
    http.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(http.address() as { port: number }).port}`))
    http.unref()
  })
  const path = `/${crypto.randomUUID()}`
  streams.set(path, handler)
  return (await server) + path
}

export async function startChromium(userAgentName: string, userData: string) {
  // localStorage and such survive a restart, as in Electron. Two programs at once share nothing here, since Chromium would
  // hand the second over to the first.
  const usual = join(userData, 'harness-chromium')
  const isTaken = lstatSync(join(usual, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined
  const profile = isTaken ? `${usual}-${process.pid}` : usual
  mkdirSync(profile, { recursive: true })
  const { 'disable-features': disabled, 'enable-features': enabled, ...extra } = Object.fromEntries(host.switches)
  const chromium = new Chromium(process.env['HARNESS_CHROMIUM'] ?? '/usr/bin/chromium', [
    ...(process.env['HARNESS_HEADED'] ? [] : ['--headless=new', '--hide-scrollbars']),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--no-startup-window',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-gpu',
    '--disable-extensions',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--password-store=basic',
    '--disable-popup-blocking',
    // What the program asks for goes by the environment's proxy; what the browser would ask for itself goes nowhere.
    '--no-proxy-server',
    '--allow-file-access-from-files',
    '--autoplay-policy=no-user-gesture-required', // Electron's defaults
    `--disable-features=${['HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LocalNetworkAccessChecks', 'Translate', 'MediaRouter', 'OptimizationHints', disabled].filter(Boolean).join()}`,
    ...(enabled ? [`--enable-features=${enabled}`] : []),
    `--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ${userAgentName} Chrome/${process.versions['chrome']} Electron/${process.versions['electron']} Safari/537.36`,
    ...Object.entries(extra)
      .filter(([name]) => name !== 'user-data-dir')
      .map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`)),
    `--user-data-dir=${profile}`,
  ])
  host.chromium = chromium
  return chromium.devtoolsUrl
}
