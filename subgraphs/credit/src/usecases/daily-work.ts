import type { Clock, Logger } from '@zhitong/kit';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import type { Stores } from '../stores.js';
import { makeCheckpoints } from './make-checkpoint.js';
import { lastWholeDay, sealLedger } from './seal-ledger.js';
import { sendReminders } from './send-reminders.js';

/** How often it is looked whether a day has ended. */
const LOOK_EVERY_MS = 10 * 60_000;

/**
 * What the department does by itself each day: seal the ledger of the day before, make the checkpoints that become due, send reminders.
 * Each is safe whatever the number of processes; a failure is logged and tried again at the next look.
 */
export function startDailyWork({ db, stores, outbox, clock, logger }: { db: Connection; stores: Stores; outbox: Outbox; clock: Clock; logger: Logger }): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const seal = async (): Promise<void> => {
    const cutoff = lastWholeDay(clock);
    const newest = await stores.seals.newest();
    if (newest !== null && newest.hash !== null && newest.cutoff >= cutoff) return;
    const { no, root } = await sealLedger({ stores, cutoff });
    logger.info({ seal: no, cutoff, root, checkpoints: await makeCheckpoints(stores) }, 'the ledger is sealed');
  };
  const remind = async (): Promise<void> => {
    const reminders = await sendReminders({ db, stores, outbox, clock });
    if (reminders > 0) logger.info({ reminders }, 'reminders are sent');
  };
  const look = (): void => {
    for (const [what, work] of [['seal the ledger', seal], ['send reminders', remind]] as const) {
      running = running.then(work).catch((error: unknown) => logger.error({ err: error }, `could not ${what}`));
    }
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
