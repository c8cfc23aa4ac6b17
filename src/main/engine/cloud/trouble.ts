/** Why nothing runs now. */
export type Trouble = 'away' | 'stranger' | 'signing-key' | 'event-key' | 'gateway'

/** @param place where Inngest is, as a person knows it. */
export function explain(trouble: Trouble, place: string): string {
  switch (trouble) {
    case 'away':
      return `${place} cannot be reached. What is to be done waits, and goes on by itself when it can. Check the network, and that Inngest runs there.`
    case 'stranger':
      return `Something else answers in place of ${place}. What is to be done waits. Sign in to the network, if it wants that first, and check the address.`
    case 'signing-key':
      return `${place} does not take the signing key. Give the right one, in the settings or as INNGEST_SIGNING_KEY.`
    case 'event-key':
      return `${place} does not take the event key. Give the right one, in the settings or as INNGEST_EVENT_KEY.`
    case 'gateway':
      return `${place} answers, but no connection to its gateway comes about. What is to be done waits. Where Inngest is your own, check that the port of its gateway can be reached from here (8289, unless it was given another).`
  }
}

/** Says what has changed, and nothing twice. */
export function createStanding(onUp: () => void, onDown: (trouble: Trouble) => void) {
  /** Null: it works. Undefined: nothing has been said yet. */
  let said: Trouble | null | undefined

  return {
    set(trouble: Trouble | null): void {
      if (trouble === said) return
      said = trouble
      if (trouble === null) onUp()
      else onDown(trouble)
    },
    /** This trouble is over; any other stays. */
    end(trouble: Trouble): void {
      if (said === trouble) this.set(null)
    },
  }
}
