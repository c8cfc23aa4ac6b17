/** True when the address answers a HEAD request well in time. A network that drops packets would keep others waiting. */
export async function canReach(url: string, withinMs: number): Promise<boolean> {
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(withinMs) })
    return response.ok
  } catch {
    return false
  }
}
