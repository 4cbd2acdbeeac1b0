export { ensureConnectorIndexes } from './collections.js';
export type {
  ConflictRecord,
  FlaggedRow,
  RefusalRecord,
  RefusalState,
  RunRecord,
  RunState,
  SourceState,
  SweepOutcome,
  Undoing,
} from './collections.js';
export type { ShownChange } from './land-batch.js';
export { connectorReads, type ConnectorReads, type FieldOrigin, type ShownSource } from './read-runs.js';
export { nextAfter } from './schedule.js';
export { asItWas, REJECT_COLUMNS } from './rows/reject-file.js';
export { failureOf, mappingFailure, type RunFailure } from './run-failure.js';
export { runMetrics, type RunMetrics } from './run-metrics.js';
export { runSource, type RunReport, type RunRequest } from './run-source.js';
export { RunRefused, type ColumnDifference, type DriftDecision, type RunSettings } from './run-settings.js';
export { isDue, reportSilence, scheduleRun, watchSources, type ScheduledSource } from './schedule-runs.js';
export { enterSources } from './begin-run.js';
export { noteUnreadable } from './end-run.js';
export { dropOldJournals } from './journal.js';
export { undoRun } from './undo-run.js';
export { withholdFormerRows } from './rows/former-rows.js';
export { dropFormerRejects } from './rows/former-rejects.js';
