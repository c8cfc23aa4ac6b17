import { Notification } from 'electron'
import type { Notice } from './notices.ts'

export interface Notifications {
  show(notice: Notice): void
  /** What it says is over. */
  withdraw(key: string): void
}

/** @param open is called with where a notification leads when it is clicked. */
export function createNotifications(open: (route: string) => void): Notifications {
  // Kept until it is closed: one that is forgotten is collected, and nobody hears its click.
  const shown = new Map<string, Notification>()

  return {
    show({ key, title, body, route }) {
      if (!Notification.isSupported()) return
      const notification = new Notification({ title, body })
      notification.on('click', () => open(route))
      notification.on('close', () => shown.delete(key))
      shown.set(key, notification)
      notification.show()
    },
    withdraw(key) {
      shown.get(key)?.close()
      shown.delete(key)
    },
  }
}
