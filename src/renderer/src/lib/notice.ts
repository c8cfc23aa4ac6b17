import { messageOf } from './api.ts'
import { createStore } from './store.ts'

/** One sentence at the foot of the window, about what was just tried. */
export const notice = createStore<string | null>(null)

export interface NoticeAction {
  label: string
  run: () => void
}

/** What can be done about it. */
export const noticeAction = createStore<NoticeAction | null>(null)

const shownForMs = 8000
let timer: ReturnType<typeof setTimeout> | undefined

export function tell(message: string, action: NoticeAction | null = null): void {
  clearTimeout(timer)
  notice.set(message)
  noticeAction.set(action)
  timer = setTimeout(() => {
    notice.set(null)
    noticeAction.set(null)
  }, shownForMs)
}

export const tellFailure = (error: unknown): void => tell(messageOf(error))
