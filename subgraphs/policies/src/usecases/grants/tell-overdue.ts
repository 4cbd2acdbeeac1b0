import type { Clock, Logger } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, formatYuan, type LegalDay } from '@zhitong/values';
import type { ClientSession, Connection } from 'mongoose';
import { overdueFen } from '../../domain/grant/recovery.js';
import type { PolicyShelf } from '../../memory/policy-shelf.js';
import type { GrantRecoveryRecord } from '../../models/grants/grant-recovery.js';
import type { Stores } from '../../stores.js';
import { notificationOfNews, notify } from '../notices/notify.js';

/** Demands that are looked for at once. */
const BATCH = 500;
/** An hour: a day that begins is noticed soon. */
const EVERY_MS = 3_600_000;
/** A process that died with the round leaves it to another after so long. */
const LEASE_MS = 60_000;

type RecoveryNews = 'DEMANDED' | 'RECEIVED' | 'RECOVERED' | 'WITHDRAWN' | 'OVERDUE';

/** The event that tells the enterprise and other departments, credit among them, of a demand. Amounts in yuan. */
function recoveryEvent(news: RecoveryNews, recovery: GrantRecoveryRecord, today: LegalDay) {
  const { id, grantId, policyId, department, uscc, amountFen, receivedFen, instalments, steps } = recovery;
  return {
    type: `cn.zhitong.grant-recovery.${news.toLowerCase()}`,
    subject: uscc,
    data: {
      recovery: id,
      grant: grantId,
      policy: policyId,
      department,
      uscc,
      reason: steps.at(-1)?.reason ?? '',
      amount: formatYuan(amountFen),
      received: formatYuan(receivedFen),
      overdue: formatYuan(overdueFen(recovery, today)),
      instalments: instalments.map(({ dueOn, fen }) => ({ dueOn, amount: formatYuan(fen) })),
    },
  };
}

/** Tells the enterprise and other departments of a demand, in the transaction that changed it. */
export async function tellRecovery(
  { stores, shelf, outbox }: Pick<OverdueOptions, 'stores' | 'shelf' | 'outbox'>,
  news: RecoveryNews,
  { recovery, now }: { recovery: GrantRecoveryRecord; now: Date },
  session: ClientSession,
): Promise<void> {
  const { id, grantId, policyId, uscc, receivedFen, overdueFrom } = recovery;
  const [grant] = await stores.grants.byId([grantId], session);
  await outbox.append([recoveryEvent(news, recovery, dayInShanghai(now))], { session });
  const told = {
    id: `${id}:${news}:${String(receivedFen)}:${overdueFrom ?? ''}`,
    uscc,
    policyId,
    policyVersion: grant?.policyVersion ?? 1,
    title: shelf.byId(policyId)?.content.title ?? policyId,
    reason: 'GRANT_RECOVERY',
    grantId,
  } as const;
  await notify({ stores, outbox }, [notificationOfNews(told, now)], session);
}

interface OverdueOptions {
  readonly connection: Connection;
  readonly stores: Pick<Stores, 'recoveries' | 'grants' | 'notifications'>;
  readonly shelf: PolicyShelf;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/**
 * Tells of demands that were not paid by their day, each missed instalment once, whatever the number of processes: the
 * note that it was told and the event are written together. Answers how many it told of.
 * A demand that cannot be told of stops no other one.
 * @param stopped asked between demands; true ends the work where it is.
 * @param onFailed told each demand that could not be told of.
 */
export async function tellOverdue({
  connection,
  clock,
  stopped = () => false,
  onFailed = () => undefined,
  ...tools
}: OverdueOptions & {
  readonly stopped?: () => boolean;
  readonly onFailed?: (recovery: string, error: unknown) => void;
}): Promise<number> {
  const { recoveries } = tools.stores;
  const now = clock.now();
  const today = dayInShanghai(now);
  const tell = async (id: string): Promise<number> =>
    inTransaction(connection, async (session) => {
      const recovery = await recoveries.byId(id, session);
      // Paid, withdrawn or told by another process meanwhile.
      if (recovery?.toldOverdueFrom === recovery?.overdueFrom || recovery === null) return 0;
      if (overdueFen(recovery, today) === 0) return 0;
      if (!(await recoveries.change(recovery, { toldOverdueFrom: recovery.overdueFrom }, session))) return 0;
      await tellRecovery(tools, 'OVERDUE', { recovery, now }, session);
      return 1;
    });
  let told = 0;
  /** Demands that this round is done with and that are still found. */
  const passed: string[] = [];
  for (;;) {
    const found = await recoveries.overdueUntold(today, { limit: BATCH, except: passed });
    for (const id of found) {
      if (stopped()) return told;
      try {
        const one = await tell(id);
        told += one;
        if (one === 0) passed.push(id);
      } catch (error) {
        passed.push(id);
        onFailed(id, error);
      }
    }
    if (found.length < BATCH) return told;
  }
}

/** The job that tells of what is overdue, at the start and each hour. */
export function overdueJob({ logger, ...options }: OverdueOptions & { readonly logger: Logger }): Job {
  return {
    name: 'tell-overdue-recoveries',
    everyMs: EVERY_MS,
    leaseMs: LEASE_MS,
    work: async ({ isOver }) => {
      const told = await tellOverdue({
        ...options,
        stopped: isOver,
        onFailed: (recovery, error) => logger.error({ err: error, recovery }, 'a demand could not be told of'),
      });
      if (told > 0) logger.info({ told }, 'demands that are overdue were told of');
    },
  };
}
