export type { Account } from '../../../shared/accounts.ts'
export type { Suggestion, WordField } from '../../../shared/analysis.ts'
export { wordFields } from '../../../shared/analysis.ts'
export type { ColourName } from '../../../shared/colours.ts'
export type {
  CallName,
  CommandName,
  EventData,
  EventName,
  Folder,
  Input,
  Output,
  QueryName,
} from '../../../shared/contract.ts'
export { CallFailed, calls, events, replySchema } from '../../../shared/contract.ts'
export type {
  MediaDetail,
  MediaFilter,
  MediaId,
  MediaSort,
  MediaTile,
  ProcessingStatus,
} from '../../../shared/media.ts'
export { mediaFilterSchema, mediaSortSchema, mediaSorts } from '../../../shared/media.ts'
export type { Outcome } from '../../../shared/outcomes.ts'
export { outcomes } from '../../../shared/outcomes.ts'
export type { LedgerEntry, Sync, SyncId, SyncState } from '../../../shared/syncs.ts'
