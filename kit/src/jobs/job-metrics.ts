import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the metrics say of the jobs of one process, each by its name. */
export interface JobMetrics {
  /** Names a job before its first round, so that one that never ran shows with zeros. */
  announce(job: string): void;
  finished(job: string, seconds: number): void;
  failed(job: string, seconds: number): void;
}

const SECONDS = [0.01, 0.1, 1, 5, 15, 60, 300, 1_800];

/** Metrics of jobs: rounds, failures, how long rounds took, and when one was last done to its end. */
export function jobMetrics(registry: Registry): JobMetrics {
  const shared = { labelNames: ['job'] as const, registers: [registry] };
  const runs = new Counter({
    name: 'job_runs_total',
    help: 'Rounds of a job that were begun in this process, failed ones included',
    ...shared,
  });
  const failures = new Counter({
    name: 'job_failures_total',
    help: 'Rounds of a job that failed in this process',
    ...shared,
  });
  const duration = new Histogram({
    name: 'job_duration_seconds',
    help: 'How long the rounds of a job took',
    buckets: SECONDS,
    ...shared,
  });
  const lastSuccess = new Gauge({
    name: 'job_last_success_timestamp_seconds',
    help: 'When a round of the job was last done to its end in this process, seconds since 1970; 0 before the first',
    ...shared,
  });
  const ran = (job: string, seconds: number): void => {
    runs.inc({ job });
    duration.observe({ job }, seconds);
  };
  return {
    announce: (job) => {
      runs.inc({ job }, 0);
      failures.inc({ job }, 0);
      lastSuccess.set({ job }, 0);
    },
    finished: (job, seconds) => {
      ran(job, seconds);
      lastSuccess.setToCurrentTime({ job });
    },
    failed: (job, seconds) => {
      ran(job, seconds);
      failures.inc({ job });
    },
  };
}
