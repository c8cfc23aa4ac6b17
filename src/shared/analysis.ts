import { z } from 'zod'

/** What an analyser says of one picture: the one schema of every analyser. */
export const analysisResultSchema = z.object({
  /** One to three sentences for a person to read. */
  description: z.string(),
  /** Lower-case candidate tags, best first. */
  tags: z.array(z.string()),
  /** What can be seen or read, in a few words. */
  content: z.string(),
  style: z.string().optional(),
  /** Names from `colourNames` where measured; free words where a model says them. */
  colors: z.array(z.string()).optional(),
  subjects: z.array(z.string()).optional(),
  mood: z.string().optional(),
  /** What it is made with; one of the artist's own words where a vocabulary names media, else left out. */
  medium: z.string().optional(),
  /** Which of the artist's own series it belongs to; left out where it is none of them. */
  series: z.string().optional(),
})

export type AnalysisResult = z.infer<typeof analysisResultSchema>
