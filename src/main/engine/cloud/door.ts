/** Seconds since 1970, and an HMAC-SHA256. */
const signatureShape = /^t=(\d{1,12})&s=[0-9a-f]{64}$/
/** As the SDK has it. */
const freshForMs = 5 * 60_000
/** Inngest puts at most 4 MB of state into a request, and has the rest fetched. As much again is for the events around it. */
const bodyBytesMost = 8 * 1024 * 1024

/**
 * Whoever does not show a signature of the last five minutes gets 401 before a byte of the body is read. Whether it is the right
 * one is for `handle` to see, which needs the body for that.
 */
export async function letIn(request: Request, handle: (request: Request) => Promise<Response>): Promise<Response> {
  if (!isFresh(request.headers.get('x-inngest-signature'))) return unauthorized()
  const { url, method, headers } = request
  const body = request.body && (await readBody(request.body))
  if (request.body && !body) return Response.json({ message: 'Too large' }, { status: 413 })
  try {
    return await handle(new Request(url, { method, headers, body }))
  } catch {
    // The SDK throws at what it cannot even read.
    return unauthorized()
  }
}

const unauthorized = (): Response => Response.json({ message: 'Unauthorized' }, { status: 401 })

function isFresh(signature: string | null): boolean {
  const [, seconds] = signatureShape.exec(signature ?? '') ?? []
  return seconds !== undefined && Math.abs(Date.now() - Number(seconds) * 1000) <= freshForMs
}

/** @returns null when there is more than a request of Inngest has. */
async function readBody(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of stream) {
    sizeBytes += chunk.length
    if (sizeBytes > bodyBytesMost) return null
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}
