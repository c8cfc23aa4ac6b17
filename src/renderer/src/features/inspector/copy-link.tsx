import { transport } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { MediaDetail, Output } from '../../lib/contract.ts'
import { formatMoment } from '../../lib/format.ts'
import { tell, tellFailure } from '../../lib/notice.ts'
import { Button } from '../../ui/button.tsx'

/** As long as a store signs an address for: a week. */
const linkLastsSeconds = 604_800

/** What somebody who was given the address can do with it, and until when. */
export const linkLine = ({ expiresAt }: Output<'media.link'>): string =>
  expiresAt === null
    ? 'Link copied. Everyone who has it can see the original.'
    : `Link copied. Until ${formatMoment(expiresAt)} everyone who has it can see the original.`

async function copyLink(id: number): Promise<void> {
  const link = await transport.call('media.link', { id, seconds: linkLastsSeconds })
  try {
    await navigator.clipboard.writeText(link.url)
  } catch {
    return tell('The browser did not let the link be copied. Allow this page to use the clipboard, then try again.')
  }
  tell(linkLine(link))
}

/** Address of an original in the cloud, for others. Nothing where it is not there. */
export function CopyLink({ media }: { media: Pick<MediaDetail, 'id' | 'keptIn'> }) {
  const isInCloud = media.keptIn.includes('cloud')
  const copy = (): void => void copyLink(media.id).catch(tellFailure)
  useCommands([
    {
      id: 'picture.link',
      title: 'Copy a link to the original',
      group: 'Picture',
      isAvailable: () => isInCloud,
      run: copy,
    },
  ])
  if (!isInCloud) return null
  return (
    <p className="inspector-link">
      <Button icon="copy" onClick={copy}>
        Copy link
      </Button>
    </p>
  )
}
