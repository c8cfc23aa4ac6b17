import { createBuiltinAnalyser } from '../../src/main/analysis/index.ts'
import { describeAnalyserContract } from './analyser.contract.ts'

describeAnalyserContract('The built-in one', createBuiltinAnalyser)
