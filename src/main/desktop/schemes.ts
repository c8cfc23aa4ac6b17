import { protocol } from 'electron'
import { pageScheme, pictureScheme } from './addresses.ts'

/** Before the program is ready: what the two schemes may do. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    { scheme: pictureScheme, privileges: { standard: true, secure: true, stream: true } },
  ])
}
