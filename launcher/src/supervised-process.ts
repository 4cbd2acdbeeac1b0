import { fork, type ChildProcess } from 'node:child_process';
import { watchLiveness, type LivenessPlan } from './watch-liveness.js';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** A process that ran this long counts as healthy: its next crash starts with the shortest delay again. */
const HEALTHY_AFTER_MS = 60_000;
/** Longer than the ten seconds that a server gives its requests in flight. */
const STOP_TIMEOUT_MS = 15_000;
/** A process that is not ready by then is taken for hung; a large city's indexes are built in less. */
const READY_WITHIN_MS = 600_000;

export interface ProcessPlan {
  readonly name: string;
  /** The JavaScript file that it runs. */
  readonly module: string;
  readonly environment: Record<string, string>;
  /** Told in one line what happens to the process. */
  readonly tell: (line: string) => void;
  /** How it is noticed that the process hangs; undefined: it may. */
  readonly liveness?: LivenessPlan | undefined;
  readonly firstDelayMs?: number;
  readonly readyWithinMs?: number;
}

/** A process that is started again when it crashes or hangs. */
export interface SupervisedProcess {
  readonly name: string;
  /**
   * Settles when it said for the first time that it is ready, or ended before; it has then said why on standard error.
   */
  readonly ready: Promise<void>;
  /** Undefined while it waits to be started again. */
  pid(): number | undefined;
  /** Stops it for good: SIGTERM, and SIGKILL when it does not end. */
  stop(): Promise<void>;
}

/**
 * Starts a server process that says over IPC when it is ready.
 *
 * It runs in a process group of its own, so that Ctrl-C reaches the launcher alone, which stops things in order; the
 * IPC channel closes with the launcher however that ends, and the process stops then (see the kit's `runProcess`).
 */
export function superviseProcess(plan: ProcessPlan): SupervisedProcess {
  let child: ChildProcess | undefined;
  let stopping = false;
  let delay = plan.firstDelayMs ?? FIRST_DELAY_MS;
  let restart: NodeJS.Timeout | undefined;

  const launch = (onReady: () => void, onEnd: (how: string) => void): void => {
    const startedAt = performance.now();
    const started = fork(plan.module, [], {
      detached: true,
      env: plan.environment,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child = started;
    let why = '';
    const kill = (reason: string): void => {
      why = `, because it ${reason}`;
      started.kill('SIGKILL'); // What hangs hears no other signal.
    };
    const tooLate = setTimeout(() => kill('was not ready in time'), plan.readyWithinMs ?? READY_WITHIN_MS).unref();
    let watch: { end(): void } | undefined;
    started.on('message', (message: unknown) => {
      if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'ready') return;
      clearTimeout(tooLate);
      if (plan.liveness !== undefined) watch ??= watchLiveness(plan.liveness, () => kill('did not answer any more'));
      onReady();
    });
    started.once('exit', (code, signal) => {
      child = undefined;
      clearTimeout(tooLate);
      watch?.end();
      if (performance.now() - startedAt > HEALTHY_AFTER_MS) delay = plan.firstDelayMs ?? FIRST_DELAY_MS;
      onEnd(`${signal === null ? `with code ${code ?? '?'}` : `by ${signal}`}${why}`);
    });
  };
  const relaunch = (how: string): void => {
    if (stopping) return;
    plan.tell(`${plan.name} ended ${how}; it is started again in ${delay / 1000} s.`);
    restart = setTimeout(() => launch(() => plan.tell(`${plan.name} is back.`), relaunch), delay);
    delay = Math.min(delay * 2, LONGEST_DELAY_MS);
  };

  const ready = new Promise<void>((resolve, reject) => {
    let isReady = false;
    launch(
      () => {
        isReady = true;
        resolve();
      },
      (how) => {
        if (isReady) relaunch(how);
        else reject(new Error(`${plan.name} could not be started: it ended ${how}.`));
      },
    );
  });
  return {
    name: plan.name,
    ready,
    pid: () => child?.pid,
    stop: async () => {
      stopping = true;
      clearTimeout(restart);
      if (child !== undefined) await endProcess(child);
    },
  };
}

function endProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
