import type { Clock, Logger } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import type { Stores } from '../stores.js';
import { publishDisclosures } from './arrears/disclose-arrears.js';
import { reckonArrears } from './arrears/arrear-writes.js';
import { digestAccesses } from './digest-accesses.js';
import { makeCheckpoints } from './make-checkpoint.js';
import { lastWholeDay, sealLedger } from './seal-ledger.js';
import { sendReminders } from './send-reminders.js';
import { verifyDaily } from './verify-daily.js';

/** How often it is looked whether a day has ended. */
const LOOK_EVERY_MS = 10 * 60_000;
/** How often what writers left for audits is folded. */
const FOLD_EVERY_MS = 60_000;
/** A process that died with a round leaves it to another after so long. */
const LEASE_MS = 5 * 60_000;

/**
 * What the department does by itself each day: seal the ledger of the day before and make the checkpoints that become
 * due, fold what entries change about audits, reckon debts by the figures of law that are known, verify everything, and
 * send reminders. Each is right whatever the number of processes.
 */
export function dailyWork({
  db,
  stores,
  outbox,
  clock,
  logger,
}: {
  db: Connection;
  stores: Stores;
  outbox: Outbox;
  clock: Clock;
  logger: Logger;
}): readonly Job[] {
  const every = { everyMs: LOOK_EVERY_MS, leaseMs: LEASE_MS };
  return [
    {
      ...every,
      name: 'seal-ledger',
      work: async () => {
        const cutoff = lastWholeDay(clock);
        const newest = await stores.seals.newest();
        if (newest !== null && newest.hash !== null && newest.cutoff >= cutoff) return;
        const { no, root } = await sealLedger({ stores, cutoff, outbox });
        logger.info({ seal: no, cutoff, root, checkpoints: await makeCheckpoints(stores) }, 'the ledger is sealed');
      },
    },
    {
      ...every,
      name: 'reckon-arrears',
      work: async () => {
        const written = await reckonArrears({ db, stores, outbox, clock, logger });
        if (written > 0) logger.info({ written }, 'debts are cleared, or are not any more, by other figures of law');
      },
    },
    {
      ...every,
      name: 'digest-data-accesses',
      work: async () => {
        await digestAccesses(stores);
      },
    },
    {
      ...every,
      name: 'publish-disclosures',
      work: async () => {
        for (const year of await publishDisclosures({ stores, clock }))
          logger.info({ year }, 'the yearly disclosure of what public bodies owe is published');
      },
    },
    {
      ...every,
      everyMs: FOLD_EVERY_MS,
      name: 'fold-running-figures',
      work: async () => {
        await stores.running.make();
        await stores.running.fold();
      },
    },
    {
      ...every,
      name: 'verify-ledger',
      work: async () => {
        await verifyDaily({ stores, outbox, clock, logger });
      },
    },
    {
      ...every,
      name: 'send-reminders',
      work: async () => {
        const reminders = await sendReminders({
          ...{ db, stores, outbox, clock },
          onFailed: (commitment, error) => logger.error({ err: error, commitment }, 'nobody could be reminded of it'),
        });
        if (reminders > 0) logger.info({ reminders }, 'reminders are sent');
      },
    },
  ];
}
