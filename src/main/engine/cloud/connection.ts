import { randomUUID } from 'node:crypto'
import { ConnectionState, connect, type WorkerConnection } from 'inngest/connect'
import type { EngineApp } from '../port.ts'

/** The SDK's connection to Inngest's gateway, from before it is there. */
export interface Connection {
  readonly isActive: boolean
  /** The SDK has given up: what answered was not Inngest. */
  readonly isDead: boolean
  /** Takes no more calls, and resolves when those under way have ended and what they answered is delivered. */
  close(): Promise<void>
}

export interface ConnectionOptions {
  /** Which worker this is, for Inngest. */
  instanceId: string
  /** Where the gateway is, when it is not where Inngest says. */
  gatewayUrl: string | undefined
}

/** As many as the embedded engine has under way: what the functions may do at a time is for them to say. */
const callsAtOnce = 100

export function openConnection({ client, functions }: EngineApp, options: ConnectionOptions): Connection {
  // `connect` tries on and on, and hands its connection out only when there is one. Until then it listens to events of the
  // process alone: to one that no signal is named like.
  const closing = `burg-ink:close-${randomUUID()}`
  let connection: WorkerConnection | undefined
  let isDead = false
  let isClosed = false
  connect({
    apps: [{ client, functions }],
    instanceId: options.instanceId,
    maxWorkerConcurrency: callsAtOnce,
    // Empty: as Inngest says, whatever is in the environment.
    gatewayUrl: options.gatewayUrl ?? '',
    handleShutdownSignals: [closing],
    // In a thread of its own: heartbeats go on while this one is busy, and an error that the SDK does not catch, as when the network of
    // a hotel answers in place of Inngest, ends that thread and not the program. The SDK looks for the thread's file beside itself,
    // so electron.vite.config.ts has an entry of that name.
    isolateExecution: true,
  }).then(
    opened => {
      connection = opened
      if (isClosed) void opened.close().catch(() => undefined)
    },
    () => {
      isDead = true
    },
  )
  return {
    get isActive() {
      return connection?.state === ConnectionState.ACTIVE
    },
    get isDead() {
      return isDead
    },
    async close() {
      isClosed = true
      if (!connection) process.emit(closing as never)
      process.removeAllListeners(closing)
      await connection?.close().catch(() => undefined)
    },
  }
}
