export type { Backoff } from './embedded/backoff.ts'
export type { Clock } from './embedded/clock.ts'
export { createEmbeddedEngine, type EmbeddedEngineOptions } from './embedded/engine.ts'
export { type EngineApp, EngineRefusal, type JobEngine } from './port.ts'
