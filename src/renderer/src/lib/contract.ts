export type { Account } from '../../../shared/accounts.ts'
export type {
  AnalysisOverview,
  AnalysisResult,
  AnalysisRun,
  AnalysisSettings,
  Estimate,
  FailedFor,
  OwnWordField,
  Prompt,
  Suggestion,
  Trial,
  Usage,
  Vocabulary,
} from '../../../shared/analysis.ts'
export { tablePieceBytes } from '../../../shared/calls/tables.ts'
export type { ColourName } from '../../../shared/colours.ts'
export type {
  CallName,
  Chosen,
  CommandName,
  EventData,
  EventName,
  Export,
  ExportOrder,
  Folder,
  Input,
  Output,
  PublishedChoice,
  QueryName,
  Settings,
  ShownRun,
  ShownRunDetail,
  SidecarNaming,
  SidecarReading,
  Table,
  TableWork,
  WorksOrder,
} from '../../../shared/contract.ts'
export { CallFailed, calls, events, replySchema } from '../../../shared/contract.ts'
export type { EngineName, EngineOverview } from '../../../shared/engine.ts'
export { inngestUrlSchema } from '../../../shared/engine.ts'
export type { HostFacts, ProgramPreferences, UpdateState } from '../../../shared/host.ts'
export type { MarkChange, Marks } from '../../../shared/marks.ts'
export type {
  Flag,
  GridLayoutName,
  Label,
  MediaDetail,
  MediaFile,
  MediaFilter,
  MediaGroup,
  MediaId,
  MediaSort,
  MediaTile,
  ProcessingStatus,
  Section,
} from '../../../shared/media.ts'
export {
  flags,
  gridLayouts,
  labels,
  mediaFilterSchema,
  mediaGroupSchema,
  mediaGroups,
  mediaSortSchema,
  mediaSorts,
} from '../../../shared/media.ts'
export { formatUsd } from '../../../shared/money.ts'
export type { Outcome } from '../../../shared/outcomes.ts'
export { outcomes } from '../../../shared/outcomes.ts'
export type { RunCount, RunFilter, RunState, RunStep } from '../../../shared/runs.ts'
export { runFilters, runIdSchema } from '../../../shared/runs.ts'
export type { SidecarConflicts } from '../../../shared/sidecars.ts'
export type { ConnectionReport, Move, StorageOverview, StorageSettings } from '../../../shared/storage.ts'
export type { LedgerEntry, Sync, SyncId, SyncState } from '../../../shared/syncs.ts'
export type {
  ColumnTarget,
  PreviewRow,
  RowKind,
  TableDelimiter,
  TableEncoding,
  TableSubject,
} from '../../../shared/tables.ts'
export { rowKinds, tableDelimiters, tableEncodings, targetName, targetsOf } from '../../../shared/tables.ts'
