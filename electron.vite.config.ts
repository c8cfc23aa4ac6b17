import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { licences } from './scripts/licences.ts'

/** The folder of the package. */
const inngest = dirname(createRequire(import.meta.url).resolve('inngest'))

/** One for each host, and what they start by path. */
const entries = {
  index: 'src/main/index.ts',
  cli: 'src/main/cli.ts',
  'imaging-child': 'src/main/imaging/child.ts',
  'library-asking': 'src/main/library/asking-thread.ts',
  'library-check': 'src/main/library/check-thread.ts',
  'sidecars-reading': 'src/main/publishing/sidecars/reading-thread.ts',
  // Where the SDK's connection to Inngest runs: the SDK looks for that name.
  runner: join(inngest, 'components/connect/strategies/workerThread/runner.js'),
}

export default defineConfig({
  // What package.json has under `dependencies` stays a folder on the disk: better-sqlite3, sharp and keytar bring binaries that
  // they find beside themselves. All else goes into the bundles, which start faster and carry only what is used of it:
  // of googleapis, 242 MB, its Drive part.
  main: {
    plugins: [licences()],
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: entries,
        // Flat, so that code finds a sibling entry beside itself.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A page in a sandbox can load one file of CommonJS and nothing from the disk.
      externalizeDeps: false,
      rolldownOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    // electron-vite leaves code as long as it was written; a browser has to load it.
    build: { outDir: 'out/renderer', minify: true },
    plugins: [react(), licences()],
  },
})
