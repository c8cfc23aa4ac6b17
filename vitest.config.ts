import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/{unit,integration,contract,e2e}/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two: the suites decode pictures and drive a browser, and more of them than cores only starve each other.
    maxWorkers: 2,
  },
})
