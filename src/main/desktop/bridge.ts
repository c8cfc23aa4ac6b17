import { ipcMain, type WebFrameMain } from 'electron'
import { channel } from '../../shared/bridge.ts'
import type { Reply } from '../../shared/contract.ts'
import type { AnswerCall } from '../server/index.ts'
import { isOwnPage } from './addresses.ts'

/** The one channel of the window. Only the page itself is answered: no frame in it, and no other page. */
export function answerPage(answer: AnswerCall, ownAddress: string): void {
  ipcMain.handle(channel, (event, name: unknown, input: unknown): Promise<Reply> => {
    if (!isTopOf(event.senderFrame, ownAddress)) throw new Error('This page may not ask.')
    return answer(String(name), input)
  })
}

/** A frame that has gone in the meantime is nobody. */
function isTopOf(frame: WebFrameMain | null, ownAddress: string): boolean {
  return frame !== null && frame.parent === null && isOwnPage(frame.url, ownAddress)
}
