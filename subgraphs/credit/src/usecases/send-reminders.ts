import type { Clock } from '@zhitong/kit';
import { inTransaction, isDuplicateKey } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import { addDays, dayInShanghai, daysBetween } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { FIRST_REMINDER_DAYS, reminderStage, type ReminderStage } from '../domain/commitments/reminder.js';
import type { Stores } from '../stores.js';

const BATCH = 100;

interface Reminder {
  readonly commitmentId: string;
  readonly dueOn: string;
  readonly stage: ReminderStage;
  readonly promisor: string;
}

/**
 * Hands a reminder to the outbox for each unfulfilled promise whose due day has reached a new stage. Reminder and event
 * are written in one transaction, so each is sent once, also when this is killed or runs twice at a time. Answers how
 * many were new. A promise of which nobody can be reminded costs no other one.
 * @param onFailed told each promise of which nobody could be reminded
 */
export async function sendReminders({
  db,
  stores,
  outbox,
  clock,
  onFailed = () => undefined,
}: {
  db: Connection;
  stores: Stores;
  outbox: Outbox;
  clock: Clock;
  onFailed?: (commitmentId: string, error: unknown) => void;
}): Promise<number> {
  const today = dayInShanghai(clock.now());
  let batch: Reminder[] = [];
  let count = 0;
  /** Sends some together or, where that fails, each by itself. */
  const send = async (reminders: readonly Reminder[]): Promise<void> => {
    try {
      count += await sendBatch({ db, stores, outbox, today, reminders });
    } catch (error) {
      const [only] = reminders;
      if (reminders.length === 1 && only !== undefined) onFailed(only.commitmentId, error);
      else for (const reminder of reminders) await send([reminder]);
    }
  };
  const flush = async (): Promise<void> => {
    await send(batch);
    batch = [];
  };
  for await (const { id, dueOn, promisor } of stores.commitments.dueBy(addDays(today, FIRST_REMINDER_DAYS))) {
    try {
      const stage = reminderStage(dueOn, today);
      if (stage !== null) batch.push({ commitmentId: id, dueOn, stage, promisor });
    } catch (error) {
      onFailed(id, error);
    }
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return count;
}

const keyOf = ({ commitmentId, dueOn, stage }: { commitmentId: string; dueOn: string; stage: string }): string =>
  `${commitmentId}|${dueOn}|${stage}`;

async function sendBatch({
  db,
  stores,
  outbox,
  today,
  reminders,
}: {
  db: Connection;
  stores: Stores;
  outbox: Outbox;
  today: string;
  reminders: readonly Reminder[];
}): Promise<number> {
  const sent = new Set((await stores.reminders.sent(reminders)).map(keyOf));
  const fresh = reminders.filter((reminder) => !sent.has(keyOf(reminder)));
  if (fresh.length === 0) return 0;
  try {
    await inTransaction(db, async (session) => {
      await stores.reminders.insert(
        fresh.map(({ commitmentId, dueOn, stage }) => ({ commitmentId, dueOn, stage })),
        session,
      );
      await outbox.append(
        fresh.map(({ commitmentId, dueOn, stage, promisor }) => ({
          type: 'cn.zhitong.commitment.reminder',
          subject: commitmentId,
          data: { commitmentId, dueOn, stage, promisor, daysLeft: daysBetween(today, dueOn) },
        })),
        { session },
      );
    });
    return fresh.length;
  } catch (error) {
    // Another process sent some of them in between; what is left is sent at the next look.
    if (isDuplicateKey(error)) return 0;
    throw error;
  }
}
