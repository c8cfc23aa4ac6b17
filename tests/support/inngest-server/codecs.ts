import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Of the connection between Inngest's gateway and the SDK: Protocol Buffers, as the SDK itself reads and writes them. */
export interface Codec<Message> {
  encode(message: Message): { finish(): Uint8Array<ArrayBuffer> }
  decode(bytes: Uint8Array): Message
  create(fields: Partial<Message>): Message
}

export interface ConnectMessage {
  kind: number
  payload: Uint8Array
}

export interface WorkerConnectRequestData {
  connectionId: string
  instanceId: string
  authData?: { sessionToken: string; syncToken: string }
  apps: { appName: string; functions: Uint8Array }[]
  maxWorkerConcurrency?: number
}

export interface ExecutorRequest {
  requestId: string
  accountId: string
  envId: string
  appId: string
  appName: string
  functionId: string
  functionSlug: string
  stepId?: string
  requestPayload: Uint8Array
  runId: string
  leaseId: string
  jobId: string
}

/** Its `status` is one of `SDKResponseStatus`. */
export interface SdkResponse {
  requestId: string
  status: number
  body: Uint8Array
  noRetry: boolean
  retryAfter?: string
}

interface Codecs {
  GatewayMessageType: Record<string, number> & Record<number, string>
  SDKResponseStatus: Record<'NOT_COMPLETED' | 'DONE' | 'ERROR', number>
  ConnectMessage: Codec<ConnectMessage>
  StartResponse: Codec<{
    connectionId: string
    gatewayEndpoint: string
    gatewayGroup: string
    sessionToken: string
    syncToken: string
  }>
  WorkerConnectRequestData: Codec<WorkerConnectRequestData>
  GatewayConnectionReadyData: Codec<{ heartbeatInterval: string; extendLeaseInterval: string; statusInterval: string }>
  GatewayExecutorRequestData: Codec<ExecutorRequest>
  WorkerRequestAckData: Codec<{ requestId: string }>
  WorkerRequestExtendLeaseData: Codec<{ requestId: string; leaseId: string }>
  WorkerRequestExtendLeaseAckData: Codec<{ requestId: string; newLeaseId?: string }>
  SDKResponse: Codec<SdkResponse>
  WorkerReplyAckData: Codec<{ requestId: string }>
  FlushResponse: Codec<{ requestId: string }>
}

// The SDK keeps them to itself, so they are found by their place in its package.
const sdkFolder = dirname(createRequire(import.meta.url).resolve('inngest'))
const place = join(sdkFolder, 'proto/src/components/connect/protobuf/connect.js')

export const codecs: Codecs = await import(pathToFileURL(place).href)
