import react from '@vitejs/plugin-react'
import { build } from 'vite'

/** Builds the page alone, as the app's build does. */
export async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: new URL('../../src/renderer', import.meta.url).pathname,
    plugins: [react()],
    build: { outDir, emptyOutDir: true },
  })
}
