// Playwright has Chromium's protocol in types and does not export them by name.
export type { Protocol } from '../../../../node_modules/playwright-core/types/protocol.d.ts'
