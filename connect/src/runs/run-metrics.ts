import { Counter, Gauge, type Registry } from 'prom-client';
import { OUTCOMES, type RunCounts } from './run-counts.js';

/** What the metrics say of the runs of one process, each source by its name. */
export interface RunMetrics {
  /** Names a source before its first run, so that one that never ran shows with zeros. */
  announce(source: string): void;
  began(source: string): void;
  ended(source: string): void;
  landed(source: string, before: RunCounts, after: RunCounts): void;
  succeeded(source: string, at: Date): void;
}

/** Metrics of connectors: rows by what became of them, runs at work, and when a source was last read to its end. */
export function runMetrics(registry: Registry): RunMetrics {
  const shared = { registers: [registry] };
  const rows = new Counter({
    name: 'connector_rows_total',
    help: 'Records that runs of this process have judged, by source and what became of them',
    labelNames: ['source', 'outcome'] as const,
    ...shared,
  });
  const running = new Gauge({
    name: 'connector_running',
    help: 'Runs of a source that are at work in this process',
    labelNames: ['source'] as const,
    ...shared,
  });
  const lastSuccess = new Gauge({
    name: 'connector_last_success_timestamp_seconds',
    help: 'When a source was last read to its end in this process, seconds since 1970; 0 before the first time',
    labelNames: ['source'] as const,
    ...shared,
  });
  return {
    announce: (source) => {
      for (const outcome of OUTCOMES) rows.inc({ source, outcome }, 0);
      running.set({ source }, 0);
      lastSuccess.set({ source }, 0);
    },
    began: (source) => running.inc({ source }),
    ended: (source) => running.dec({ source }),
    landed: (source, before, after) => {
      for (const outcome of OUTCOMES) rows.inc({ source, outcome }, after[outcome] - before[outcome]);
    },
    succeeded: (source, at) => lastSuccess.set({ source }, at.getTime() / 1_000),
  };
}
