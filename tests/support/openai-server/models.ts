import type { EmbeddingModel } from 'openai/resources/embeddings'
import type { Model } from 'openai/resources/models'
import type { ChatModel } from 'openai/resources/shared'
import { unknownModel } from './api-error.ts'

/** Names with the exact ones that answers give for them. */
const snapshots: Partial<Record<ChatModel, ChatModel>> = {
  'gpt-5.5': 'gpt-5.5-2026-04-23',
  'gpt-5.4-mini': 'gpt-5.4-mini-2026-03-17',
  'gpt-5.4-nano': 'gpt-5.4-nano-2026-03-17',
  'gpt-5.2': 'gpt-5.2-2025-12-11',
  'gpt-5-mini': 'gpt-5-mini-2025-08-07',
  'gpt-5-nano': 'gpt-5-nano-2025-08-07',
  'gpt-4.1': 'gpt-4.1-2025-04-14',
  'gpt-4.1-mini': 'gpt-4.1-mini-2025-04-14',
  'gpt-4.1-nano': 'gpt-4.1-nano-2025-04-14',
  'gpt-4o': 'gpt-4o-2024-08-06',
  'gpt-4o-mini': 'gpt-4o-mini-2024-07-18',
}
const withoutSnapshot: (ChatModel | EmbeddingModel)[] = [
  ...(['gpt-6-astra', 'gpt-6.1-sol', 'gpt-6.1-terra', 'gpt-6-sol', 'gpt-6-luna'] as const),
  ...(['gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna', 'gpt-5.4', 'gpt-5.1', 'gpt-5'] as const),
  ...(['text-embedding-3-small', 'text-embedding-3-large', 'text-embedding-ada-002'] as const),
]

export const usualModels: string[] = [...Object.entries(snapshots).flat(), ...withoutSnapshot]

export const snapshotOf = (model: string): string => snapshots[model as ChatModel] ?? model

export const modelOf = (id: string): Model => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'system' })

export function modelAt(models: ReadonlySet<string>, id: string): Model {
  if (!models.has(id)) throw unknownModel(id, 'model')
  return modelOf(id)
}
