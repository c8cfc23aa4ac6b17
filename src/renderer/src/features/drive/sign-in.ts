import { transport } from '../../lib/api.ts'
import type { Account } from '../../lib/contract.ts'
import { createStore } from '../../lib/store.ts'
import type { Transport } from '../../lib/transport.ts'

/** One sign-in at a time, whatever screen is shown while it waits for the person's browser. */
export function createSignIn(call: Transport['call']) {
  const state = createStore<{ isWaiting: boolean; error: unknown }>({ isWaiting: false, error: null })
  let attempt = 0

  return {
    state,
    /** The account that was connected; null when it failed, was cancelled, or another sign-in is waiting. */
    async connect(): Promise<Account | null> {
      if (state.get().isWaiting) return null
      const mine = ++attempt
      state.set({ isWaiting: true, error: null })
      try {
        const account = await call('account.connect', {})
        if (mine === attempt) state.set({ isWaiting: false, error: null })
        return account
      } catch (error) {
        // A cancelled sign-in fails as well, and the person knows why.
        if (mine === attempt) state.set({ isWaiting: false, error })
        return null
      }
    },
    async cancel(): Promise<void> {
      attempt++
      state.set({ isWaiting: false, error: null })
      await call('account.cancelConnect', {}).catch(error => state.set({ isWaiting: false, error }))
    },
  }
}

export const signIn = createSignIn(transport.call)
