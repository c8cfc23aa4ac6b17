import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** The headless host's entries; the desktop window adds its own entry and the preload. */
const entries = {
  cli: 'src/main/cli.ts',
  'imaging-child': 'src/main/imaging/child.ts',
  'library-asking': 'src/main/library/asking-thread.ts',
  'library-check': 'src/main/library/check-thread.ts',
}

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: entries,
        // Flat, so that code finds a sibling entry beside itself.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    // electron-vite leaves code as long as it was written; a browser has to load it.
    build: { outDir: 'out/renderer', minify: true, rolldownOptions: { input: 'src/renderer/index.html' } },
    plugins: [react()],
  },
})
