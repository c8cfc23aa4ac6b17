export type { Asked } from './asked.ts'
export { faults } from './faults.ts'
export { hostileTexts } from './hostile.ts'
export { type OpenAiServer, type OpenAiServerOptions, startOpenAiServer } from './server.ts'
