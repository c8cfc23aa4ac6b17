import { messageOf } from './api.ts'
import { createStore } from './store.ts'

/** One sentence at the foot of the window, about what was just tried. */
export const notice = createStore<string | null>(null)

const shownForMs = 8000
let timer: ReturnType<typeof setTimeout> | undefined

export function tell(message: string): void {
  clearTimeout(timer)
  notice.set(message)
  timer = setTimeout(() => notice.set(null), shownForMs)
}

export const tellFailure = (error: unknown): void => tell(messageOf(error))
