/** An answer that is an error, in the form of Google's. */
export class ApiError extends Error {
  readonly status: number
  readonly reason: string
  readonly location: string | undefined
  readonly retryAfterSeconds: number | undefined
  constructor(status: number, reason: string, message: string, location?: string, retryAfterSeconds?: number) {
    super(message)
    this.status = status
    this.reason = reason
    this.location = location
    this.retryAfterSeconds = retryAfterSeconds
  }

  get body(): string {
    const { status, reason, message, location } = this
    const domain = status === 403 || status === 429 ? 'usageLimits' : 'global'
    const place = location === undefined ? {} : { location, locationType: 'parameter' }
    return JSON.stringify({ error: { errors: [{ domain, reason, message, ...place }], code: status, message } })
  }
}

export const fileNotFound = (id: string) => new ApiError(404, 'notFound', `File not found: ${id}.`, 'fileId')
export const invalidPageToken = () => new ApiError(400, 'invalid', 'Invalid Value', 'pageToken')
