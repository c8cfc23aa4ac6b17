export type { Clock } from './embedded/clock.ts'
export { createEmbeddedEngine, type EmbeddedEngineOptions } from './embedded/engine.ts'
export { EngineRefusal, type JobEngine } from './port.ts'
