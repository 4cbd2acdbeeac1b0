import type { Clock, Logger } from '@zhitong/kit';
import type { Stores } from './stores.js';
import { makeCheckpoints } from './usecases/make-checkpoint.js';
import { lastWholeDay, sealLedger } from './usecases/seal-ledger.js';

/** How often it is looked whether a day has ended that is not sealed. */
const LOOK_EVERY_MS = 10 * 60_000;

/** Seals each day of the ledger soon after it has ended and makes the checkpoints that become due, whatever the number of processes; a failure is logged and tried again. */
export function startDailySeal({ stores, clock, logger }: { stores: Stores; clock: Clock; logger: Logger }): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const look = (): void => {
    running = running
      .then(async () => {
        const cutoff = lastWholeDay(clock);
        const newest = await stores.seals.newest();
        if (newest !== null && newest.hash !== null && newest.cutoff >= cutoff) return;
        const { no, root } = await sealLedger({ stores, cutoff });
        logger.info({ seal: no, cutoff, root, checkpoints: await makeCheckpoints(stores) }, 'the ledger is sealed');
      })
      .catch((error: unknown) => logger.error({ err: error }, 'the ledger could not be sealed'));
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
