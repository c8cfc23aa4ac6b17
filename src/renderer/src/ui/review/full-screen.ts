import { tell } from '../../lib/notice.ts'

/** The whole page: what lies over a picture for a moment has to be seen as well. */
export function toggleFullScreen(): void {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
  change.catch(() => tell('This window cannot fill the screen.'))
}

export function leaveFullScreen(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined)
}
