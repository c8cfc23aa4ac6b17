export type { Asked } from './asked.ts'
export { faults } from './faults.ts'
export { hostileTexts } from './hostile.ts'
export { type OpenAiServer, startOpenAiServer } from './server.ts'
