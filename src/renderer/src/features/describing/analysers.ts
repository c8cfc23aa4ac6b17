import type { AnalysisSettings } from '../../lib/contract.ts'

type Analyser = AnalysisSettings['analyser']

export const analysers: readonly { value: Analyser; name: string; meaning: string }[] = [
  {
    value: 'builtin',
    name: 'Built in only',
    meaning: 'What can be measured and read: colours, light, names of folders and files. Nothing leaves this computer.',
  },
  {
    value: 'openai',
    name: 'OpenAI',
    meaning: 'A model of OpenAI looks at a small copy of each picture. You pay OpenAI for every picture.',
  },
  {
    value: 'compatible',
    name: 'A server of your own',
    meaning: 'Ollama, LM Studio or llama.cpp on this computer or in your studio. Costs nothing but time.',
  },
]

/** Where the three usual ones listen when nobody changed it. */
export const servers = [
  { name: 'Ollama', baseUrl: 'http://localhost:11434/v1' },
  { name: 'LM Studio', baseUrl: 'http://localhost:1234/v1' },
  { name: 'llama.cpp', baseUrl: 'http://localhost:8080/v1' },
] as const

export const details: readonly { value: AnalysisSettings['detail']; name: string; meaning: string }[] = [
  {
    value: 'low',
    name: 'Low',
    meaning: 'The cheapest. The model sees a coarse picture: motif and colours, no small writing.',
  },
  {
    value: 'high',
    name: 'High',
    meaning: 'Several times the price of low. Technique, brushwork and small writing are seen.',
  },
  {
    value: 'auto',
    name: 'As the model likes',
    meaning: 'The model decides by the size of the picture. Costs up to as much as high.',
  },
]
