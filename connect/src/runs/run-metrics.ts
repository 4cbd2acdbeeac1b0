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
  /** What the department's database knows of a source, whichever process ran it. */
  stands(source: string, state: { readonly lastDoneAt: Date | null; readonly isSilent: boolean }): void;
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
    help: 'When a source was last read to its end, seconds since 1970; 0 before the first time',
    labelNames: ['source'] as const,
    ...shared,
  });
  const silent = new Gauge({
    name: 'connector_silent',
    help: 'Nothing has come from a source for longer than promised: 1, else 0',
    labelNames: ['source'] as const,
    ...shared,
  });
  return {
    announce: (source) => {
      for (const outcome of OUTCOMES) rows.inc({ source, outcome }, 0);
      running.set({ source }, 0);
      lastSuccess.set({ source }, 0);
      silent.set({ source }, 0);
    },
    began: (source) => running.inc({ source }),
    ended: (source) => running.dec({ source }),
    landed: (source, before, after) => {
      for (const outcome of OUTCOMES) rows.inc({ source, outcome }, after[outcome] - before[outcome]);
    },
    succeeded: (source, at) => {
      lastSuccess.set({ source }, at.getTime() / 1_000);
      silent.set({ source }, 0);
    },
    stands: (source, { lastDoneAt, isSilent }) => {
      lastSuccess.set({ source }, (lastDoneAt?.getTime() ?? 0) / 1_000);
      silent.set({ source }, isSilent ? 1 : 0);
    },
  };
}
