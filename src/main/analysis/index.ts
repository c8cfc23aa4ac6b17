export { createBuiltinAnalyser } from './builtin/builtin-analyser.ts'
export * from './port.ts'
