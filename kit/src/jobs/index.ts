export { jobLeases, type JobLease, type JobLeases } from './job-lease.js';
export { openJobs, ReportedFailure, type Job, type Jobs } from './open-jobs.js';
export { repeat, type Repeated, type Repetition, type Round } from './repeat.js';
export { systemTimers, type Timers } from './timers.js';
