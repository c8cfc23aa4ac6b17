import { resolveConfig } from 'electron-vite'
import type { UserConfig } from 'vite'

/** The settings of electron.vite.config.ts as electron-vite completes them, for Vite itself. */
export async function developmentConfigs(): Promise<Record<'main' | 'preload' | 'renderer', UserConfig>> {
  process.env.NODE_ENV_ELECTRON_VITE = 'development'
  const { config } = await resolveConfig({ logLevel: 'warn' }, 'serve', 'development')
  const { main, preload, renderer } = config ?? {}
  if (!main || !preload || !renderer) throw new Error('electron.vite.config.ts has no main, preload or renderer.')
  return { main, preload, renderer }
}
