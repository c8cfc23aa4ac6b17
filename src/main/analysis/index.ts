export { createBuiltinAnalyser } from './builtin/builtin-analyser.ts'
export * from './openai/index.ts'
export * from './port.ts'
