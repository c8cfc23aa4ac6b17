import { EventEmitter, once } from 'node:events'
import { monotonicFactory } from 'ulid'
import type { WebSocket } from 'ws'
import { toRequestBody } from '../../../src/main/engine/embedded/sdk.ts'
import type { FunctionConfig } from '../../../src/main/engine/embedded/wire.ts'
import { codecs, type ExecutorRequest, type SdkResponse, type WorkerConnectRequestData } from './codecs.ts'
import { type CallFunction, resultOf } from './executor.ts'

export interface ConnectGatewayOptions {
  /** What `/v0/connect/start` gave to whoever showed the key. */
  sessionToken: string
  heartbeatMs: number
  /** How long a worker that says nothing of a call is waited for. It is told to say something four times as often. */
  leaseMs: number
  sync(functions: FunctionConfig[]): Promise<unknown>
  /** A frame has come in. */
  onFrame(kind: string, frame: Buffer): void
}

/** One connection of the SDK. */
interface Worker {
  socket: WebSocket
  appName: string
  callsAtOnce: number
  state: 'connecting' | 'ready' | 'draining'
  requestIds: Set<string>
  heardAt: number
}

interface Pending {
  isAcknowledged: boolean
  leaseId: string
  leasedUntil: number
  reply(response: SdkResponse): void
}

const { GatewayMessageType: kinds } = codecs
const ids = { accountId: 'account', envId: 'environment', appId: 'app' }
const nothing = new Uint8Array()
const heartbeatsMissed = 5
const policyViolation = 1008

/** The connection has no word for the 400 of a function that is not to be tried again: it is done, and not to be. */
function statusOf({ status, noRetry }: SdkResponse): number {
  const { NOT_COMPLETED, DONE } = codecs.SDKResponseStatus
  if (status === NOT_COMPLETED) return 206
  if (status === DONE) return noRetry ? 400 : 200
  return 500
}

/** Calls functions through connections that the SDK opened, message for message as Inngest's gateway does. */
export function createConnectGateway(options: ConnectGatewayOptions) {
  const newId = monotonicFactory()
  const workers = new Set<Worker>()
  const pending = new Map<string, Pending>()
  const changes = new EventEmitter().setMaxListeners(0)

  function send(socket: WebSocket, kind: number | undefined, payload: Uint8Array = nothing): void {
    socket.send(codecs.ConnectMessage.encode({ kind: kind ?? 0, payload }).finish())
  }

  const freeWorker = (): Worker | undefined =>
    [...workers].find(({ state, requestIds, callsAtOnce }) => state === 'ready' && requestIds.size < callsAtOnce)

  async function assign(requestId: string): Promise<Worker> {
    let worker = freeWorker()
    while (!worker) {
      await once(changes, 'change')
      worker = freeWorker()
    }
    worker.requestIds.add(requestId)
    return worker
  }

  /** @throws {Error} when whoever took it on no longer says so. */
  async function forward(request: Omit<ExecutorRequest, 'leaseId' | 'appName'>): Promise<SdkResponse> {
    const { requestId } = request
    const { promise, resolve, reject } = Promise.withResolvers<SdkResponse>()
    const call: Pending = { isAcknowledged: false, leaseId: newId(), leasedUntil: 0, reply: resolve }
    pending.set(requestId, call)
    let worker: Worker | undefined
    async function route(): Promise<void> {
      worker = await assign(requestId)
      call.leasedUntil = Date.now() + options.leaseMs
      const { appName } = worker
      const data = codecs.GatewayExecutorRequestData.create({ ...request, leaseId: call.leaseId, appName })
      send(worker.socket, kinds.GATEWAY_EXECUTOR_REQUEST, codecs.GatewayExecutorRequestData.encode(data).finish())
    }
    const watch = setInterval(() => {
      if (!worker) return
      const isGone = !workers.has(worker)
      if (isGone && !call.isAcknowledged) {
        worker = undefined
        void route()
      } else if (Date.now() > call.leasedUntil) reject(new Error('connect_worker_stopped_responding'))
    }, 20)
    try {
      await route()
      return await promise
    } finally {
      clearInterval(watch)
      pending.delete(requestId)
      for (const { requestIds } of workers) requestIds.delete(requestId)
      changes.emit('change')
    }
  }

  const callFunction: CallFunction = async (_url, execution, steps) => {
    const response = await forward({
      ...ids,
      requestId: newId(),
      functionId: execution.fn.id,
      functionSlug: execution.fn.id,
      stepId: execution.step ?? 'step',
      requestPayload: Buffer.from(JSON.stringify(toRequestBody(execution, steps))),
      runId: execution.runId,
      jobId: String(execution.id),
    })
    const body = JSON.parse(Buffer.from(response.body).toString() || 'null')
    return resultOf(statusOf(response), body, !response.noRetry && (response.retryAfter ?? true))
  }

  async function connect(worker: Worker, data: WorkerConnectRequestData): Promise<void> {
    if (data.authData?.sessionToken !== options.sessionToken || data.instanceId === '') {
      return worker.socket.close(policyViolation, 'connect_authentication_failed')
    }
    const [app] = data.apps
    worker.appName = app?.appName ?? ''
    worker.callsAtOnce = data.maxWorkerConcurrency || Number.POSITIVE_INFINITY
    await options.sync(JSON.parse(Buffer.from(app?.functions ?? '[]').toString()))
    const ready = {
      heartbeatInterval: `${options.heartbeatMs}ms`,
      extendLeaseInterval: `${options.leaseMs / 4}ms`,
      statusInterval: '0s',
    }
    send(worker.socket, kinds.GATEWAY_CONNECTION_READY, codecs.GatewayConnectionReadyData.encode(ready).finish())
  }

  function extendLease(worker: Worker, payload: Uint8Array): void {
    const { requestId, leaseId } = codecs.WorkerRequestExtendLeaseData.decode(payload)
    const call = pending.get(requestId)
    const isHeld = call?.leaseId === leaseId
    if (call && isHeld) Object.assign(call, { leaseId: newId(), leasedUntil: Date.now() + options.leaseMs })
    const ack = codecs.WorkerRequestExtendLeaseAckData.create({
      ...ids,
      requestId,
      ...(call && isHeld && { newLeaseId: call.leaseId }),
    })
    send(
      worker.socket,
      kinds.WORKER_REQUEST_EXTEND_LEASE_ACK,
      codecs.WorkerRequestExtendLeaseAckData.encode(ack).finish(),
    )
  }

  async function hear(worker: Worker, kind: number, payload: Uint8Array): Promise<void> {
    switch (kind) {
      case kinds.WORKER_CONNECT:
        return connect(worker, codecs.WorkerConnectRequestData.decode(payload))
      case kinds.WORKER_READY:
        worker.state = 'ready'
        changes.emit('change')
        return
      case kinds.WORKER_PAUSE:
        worker.state = 'draining'
        return
      case kinds.WORKER_HEARTBEAT:
        worker.heardAt = Date.now()
        return send(worker.socket, kinds.GATEWAY_HEARTBEAT)
      case kinds.WORKER_REQUEST_ACK: {
        const call = pending.get(codecs.WorkerRequestAckData.decode(payload).requestId)
        if (call) call.isAcknowledged = true
        return
      }
      case kinds.WORKER_REQUEST_EXTEND_LEASE:
        return extendLease(worker, payload)
      case kinds.WORKER_REPLY: {
        const { requestId } = take(payload)
        return send(worker.socket, kinds.WORKER_REPLY_ACK, codecs.WorkerReplyAckData.encode({ requestId }).finish())
      }
    }
  }

  /** An answer, over the connection or after it: of a call that is given up, it says nothing any more. */
  function take(payload: Uint8Array): SdkResponse {
    const response = codecs.SDKResponse.decode(payload)
    pending.get(response.requestId)?.reply(response)
    return response
  }

  return {
    callFunction,
    take,

    accept(socket: WebSocket): void {
      const worker: Worker = {
        socket,
        appName: '',
        callsAtOnce: 0,
        state: 'connecting',
        requestIds: new Set(),
        heardAt: Date.now(),
      }
      workers.add(worker)
      socket.on('message', (frame: Buffer) => {
        const { kind, payload } = codecs.ConnectMessage.decode(frame)
        options.onFrame(kinds[kind] ?? String(kind), frame)
        void hear(worker, kind, payload)
      })
      const watch = setInterval(() => {
        if (Date.now() - worker.heardAt > heartbeatsMissed * options.heartbeatMs) socket.terminate()
      }, options.heartbeatMs)
      socket.on('close', () => {
        clearInterval(watch)
        workers.delete(worker)
        changes.emit('change')
      })
      send(socket, kinds.GATEWAY_HELLO)
    },

    /** Calls that are taken on and not answered. */
    get callsUnderWay() {
      return [...pending.values()].filter(({ isAcknowledged }) => isAcknowledged).length
    },

    get connections() {
      return workers.size
    },

    /** As when the network fails. */
    drop(): void {
      for (const { socket } of workers) socket.terminate()
    },

    /** As when Inngest takes its gateway from service: whoever is connected has to come anew, and may end what it does. */
    drain(): void {
      for (const worker of workers) {
        worker.state = 'draining'
        send(worker.socket, kinds.GATEWAY_CLOSING)
      }
    },
  }
}
