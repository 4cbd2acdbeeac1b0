import type { Logger } from '../logger.js';
import { watchParent } from './watch-parent.js';

/** Longer than the ten seconds that a server gives its requests in flight; then the process ends all the same. */
const STOP_DEADLINE_MS = 13_000;

/** Something that runs until it is asked to stop. */
export interface Stoppable {
  stop(): Promise<void>;
}

/**
 * Runs a server process: starts it, sends a parent process `{ type: 'ready', ...details }` over IPC, and stops it on
 * SIGTERM, SIGINT or when the parent is gone. Exits 0 after an orderly stop, 1 with one line on standard error when it
 * cannot start, and 1 when stopping takes too long (its database is gone, for example): no process is left behind.
 */
export async function runProcess<Running extends Stoppable>({
  name,
  logger,
  start,
  details,
}: {
  name: string;
  logger: Logger;
  start: () => Promise<Running>;
  details: (running: Running) => Record<string, unknown>;
}): Promise<void> {
  let running: Running | undefined;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    if (running === undefined) process.exit(1); // It had not started, so nobody is waiting for a response.
    setTimeout(() => {
      logger.error('could not stop in time');
      process.exit(1);
    }, STOP_DEADLINE_MS).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  watchParent(stop);
  // From the beginning: a parent that is killed while this starts would not be missed otherwise.
  process.on('disconnect', stop);
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  if (process.send !== undefined && !process.connected) stop();
  if (process.connected && process.send) process.send({ type: 'ready', ...details(running) });
  else if (process.send === undefined) process.stderr.write(`${name} is ready: ${JSON.stringify(details(running))}\n`);
}
