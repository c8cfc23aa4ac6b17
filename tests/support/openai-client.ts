import OpenAI from 'openai'
import { zodTextFormat } from 'openai/helpers/zod'
import sharp from 'sharp'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { type OpenAiServer, startOpenAiServer } from './openai-server/index.ts'

/** A server that ends with the test, and the SDK as its client. */
export async function startOpenAi(
  options?: Parameters<typeof startOpenAiServer>[0],
): Promise<{ server: OpenAiServer; client: OpenAI }> {
  const server = await startOpenAiServer(options)
  onTestFinished(() => server.close())
  // The SDK wants a key even where the server does not.
  const client = new OpenAI({ apiKey: server.key || 'none', baseURL: server.url, maxRetries: 0 })
  return { server, client }
}

/** With every kind of field that strict mode takes here. */
export const SmallAnalysis = z.object({
  title: z.string().max(80),
  tags: z.array(z.string().max(20)).max(20),
  mood: z.enum(['calm', 'wild']),
  people: z.number().int().min(0).max(9),
  note: z.string().nullable(),
})
export const smallFormat = zodTextFormat(SmallAnalysis, 'analysis')

const jpegOf = (background: string) =>
  sharp({ create: { width: 24, height: 16, channels: 3, background } })
    .jpeg()
    .toBuffer()
export const blueJpeg = await jpegOf('#204080')
export const redJpeg = await jpegOf('#c02020')

export const jpegUrl = (jpeg: Buffer) => `data:image/jpeg;base64,${jpeg.toString('base64')}`

/** A body of `/v1/responses` that asks what a picture shows. */
export function bodyFor(jpeg: Buffer, more: object = {}) {
  const picture = { type: 'input_image' as const, detail: 'low' as const, image_url: jpegUrl(jpeg) }
  return {
    model: 'gpt-5-mini',
    instructions: 'Say what the picture shows.',
    store: false,
    max_output_tokens: 800,
    input: [{ role: 'user' as const, content: [{ type: 'input_text' as const, text: 'sea.jpg' }, picture] }],
    text: { format: smallFormat },
    ...more,
  }
}

/** What it fails with; a test fails where it does not. */
export const errorOf = (answer: PromiseLike<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> =>
  Promise.resolve(answer).then(
    () => {
      throw new Error('It did not fail.')
    },
    cause => cause,
  )
