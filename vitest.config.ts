import { defineConfig } from 'vitest/config'

const project = (name: string, more: object = {}) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], ...more },
})

export default defineConfig({
  test: {
    projects: [
      project('unit'),
      project('integration'),
      project('contract'),
      // These drive the built program; the others run from source.
      project('e2e', {
        globalSetup: ['tests/support/build.ts', 'tests/support/say-what-runs.ts'],
        // Things happen when they happen; what never does is an error after as long as a page may take on a busy machine.
        expect: { poll: { timeout: 20_000 } },
      }),
    ],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two: the suites decode pictures and drive a browser, and more of them than cores only starve each other.
    maxWorkers: 2,
    // For machines: .ci/run takes its last line from this.
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'out/test-results.json' }]] : ['default'],
  },
})
