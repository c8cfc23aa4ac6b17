import { messageOf, queryClient } from '../../lib/api.ts'
import { beginningOf } from '../../lib/drive-spot.ts'
import { tell } from '../../lib/notice.ts'
import { go, routeNow } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { signIn } from './sign-in.ts'

async function connectAccount(): Promise<void> {
  const account = await signIn.connect()
  if (!account) return
  await queryClient.invalidateQueries({ queryKey: ['accounts.list'] })
  tell(`${account.email} is connected.`)
  if (routeNow().screen === 'drive') go({ drive: beginningOf(account.id) })
}

/** The button that opens the browser at Google, and while it waits, that it does. */
export function Connect({ label, isPrimary = false }: { label: string; isPrimary?: boolean }) {
  const { isWaiting, error } = useStore(signIn.state)
  if (isWaiting) {
    return (
      <div className="drive-waiting">
        <p role="status">
          <Icon name="working" />
          <span>Waiting for you in the browser: sign in at Google there, and leave the box for Drive ticked.</span>
        </p>
        <Button onClick={() => void signIn.cancel()}>Cancel</Button>
      </div>
    )
  }
  return (
    <div className="drive-connect">
      <Button kind={isPrimary ? 'primary' : 'plain'} onClick={() => void connectAccount()}>
        {label}
      </Button>
      {error !== null && (
        <p className="error-line" role="alert">
          {messageOf(error)}
        </p>
      )}
    </div>
  )
}
