import type { Context } from 'hono'
import { z } from 'zod'
import type { ServerParts } from './parts.ts'

const requestSchema = z.object({
  folderId: z.string().regex(/^[\w-]{1,200}$/, 'is the id of a folder of Google Drive'),
  accessToken: z
    .string()
    .regex(/^[\x21-\x7e]{1,4096}$/, 'is no access token')
    .optional(),
  userId: z.number().int().positive().default(1),
})

/** `POST /api/drive/sync`: answers as soon as the work is under way; `/api/inngest/status` shows how far it is. */
export async function startDriveSync(c: Context, { triggerDriveSync }: ServerParts): Promise<Response> {
  const body = requestSchema.safeParse(await c.req.json().catch(() => null))
  if (!body.success) {
    const error = body.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    return c.json({ success: false, error }, 400)
  }
  const { userId, folderId, accessToken } = body.data
  const eventId = await triggerDriveSync(userId, folderId, accessToken)
  return c.json({ success: true, message: 'The folder is being brought in.', eventId }, 202)
}
