/** A program that decodes one picture again and again: `HOST ORIGINAL PREVIEW THUMBNAIL`. Says `one` after the first. */
import { createImaging } from '../../src/main/imaging/index.ts'
import { imagingHosts } from './imaging-hosts.ts'

const [host, original, preview, thumbnail] = process.argv.slice(2) as [string, string, string, string]
const imaging = createImaging(imagingHosts[host]?.())
await imaging.derive(original, { preview, thumbnail })
process.stdout.write('one\n')
for (;;) await imaging.derive(original, { preview, thumbnail })
