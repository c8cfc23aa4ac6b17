import { existsSync, readdirSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import type { Context } from 'hono'
import { serveFile } from './serve-file.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/**
 * The built page's files. Only names found in its folder at the start are served, so no path can lead out of it. From the
 * sources the program also runs unbuilt; then it has its API and no page.
 */
export function createPage(folder: string) {
  const names = new Set(existsSync(folder) ? filesBelow(folder) : [])

  return async (c: Context): Promise<Response> => {
    const name = c.req.path === '/' ? 'index.html' : c.req.path.slice(1)
    if (names.size === 0 && c.req.path === '/') return c.text('The page is not built yet: npm run build', 404)
    if (!names.has(name)) return c.text('Not found', 404)
    return serveFile(c.req.raw, join(folder, name), {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      // Vite puts a hash of the content into the names of assets.
      'cache-control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
  }
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return files.map(path => path.slice(folder.length + 1).replaceAll(sep, '/'))
}
