import type { Clock, Logger } from '@zhitong/kit';
import { forbid, type CommandBase } from '@zhitong/kit/commands';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { ClientSession, Connection } from 'mongoose';
import type { Recorded } from '../../domain/arrears/arrear-payment.js';
import { arrearPosition, type ArrearRules } from '../../domain/arrears/arrears.js';
import { said } from '../../domain/refusal-words.js';
import type { ArrearRecord } from '../../models/arrears/arrear.js';
import type { Stores } from '../../stores.js';
import { refuseProblem } from '../refusals.js';

/**
 * What every command on a debt carries. `mayWriteFor` says whether the actor writes for the department that owes it.
 */
export interface OnArrear extends CommandBase {
  readonly arrearId: string;
  /** The version that the actor saw; null when it does not matter. */
  readonly expectedVersion: number | null;
  /** Code of the actor's department. */
  readonly department: string;
  readonly mayWriteFor: (department: string) => boolean;
}

/** What every command on a debt carries that its creditor may give, too. */
export interface OnArrearOfBoth extends OnArrear {
  /** Unified social credit code of the enterprise that acts; null for an official. */
  readonly creditor: string | null;
}

/** What debts are written with. */
export interface ArrearTools {
  readonly stores: Stores;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/** Who records a change, and when. */
export const recordedBy = ({ actor, department }: OnArrear, clock: Clock): Recorded => ({
  recordedAt: clock.now().toISOString(),
  recordedBy: actor.sub,
  department,
});

/** A debt with the figures that are kept with it, as they stand on a day. */
export function withFigures(record: ArrearRecord, today: LegalDay, rules: ArrearRules): ArrearRecord {
  const { paid, isCleared } = arrearPosition(record, today, rules);
  return { ...record, paid, isCleared: isCleared && record.withdrawal === undefined };
}

/** Who writes which debt. */
type Writer = Pick<OnArrear, 'arrearId' | 'expectedVersion' | 'mayWriteFor'> & { readonly creditor?: string | null };

/** Refuses an actor who writes neither for the debtor nor, where the creditor may, for the enterprise. */
function requireWriter(record: ArrearRecord | null, { arrearId, mayWriteFor, creditor = null }: Writer): ArrearRecord {
  // Whether there is a debt is told to an enterprise only of its own.
  if (creditor !== null)
    return record?.uscc === creditor ? record : forbid(said('DEBT_NOT_OWED_TO', { arrear: arrearId, creditor }));
  if (!record)
    return refuseProblem('INVALID', {
      code: 'UNKNOWN_DEBT',
      message: `There is no debt ${arrearId}.`,
      path: ['arrear'],
      details: { arrear: arrearId },
    });
  return mayWriteFor(record.debtor)
    ? record
    : forbid(said('DEBT_WRITTEN_BY', { arrear: arrearId, debtor: record.debtor }));
}

/**
 * Changes a debt that the actor may write, in the caller's transaction; two writers conflict on its version, and the
 * later one is run again. Returns the debt's number.
 */
export async function changeArrear(
  { stores, outbox, clock }: ArrearTools,
  on: Writer,
  event: { readonly name: string; readonly data?: Record<string, unknown> },
  next: (record: ArrearRecord) => ArrearRecord | Promise<ArrearRecord>,
  session: ClientSession,
): Promise<string> {
  const { arrearId, expectedVersion } = on;
  const record = requireWriter(await stores.arrears.byId(arrearId, session), on);
  if (expectedVersion !== null && expectedVersion !== record.version) {
    return refuseProblem('STALE_VERSION', {
      code: 'STALE_VERSION',
      message: `The debt ${arrearId} has changed: it is at version ${record.version}, not ${expectedVersion}.`,
      path: ['expectedVersion'],
      details: { currentVersion: record.version },
    });
  }
  if (record.withdrawal)
    return refuseProblem('ILLEGAL_STATE', {
      code: 'WITHDRAWN',
      message: `The debt ${arrearId} was withdrawn as recorded by mistake; nothing is added to it.`,
      path: ['arrear'],
    });
  const moved = await next(record);
  const changed = {
    ...withFigures(moved, dayInShanghai(clock.now()), stores.arrearRules()),
    version: record.version + 1,
  };
  if (!(await stores.arrears.replace(changed, record.version, session)))
    return refuseProblem('STALE_VERSION', {
      code: 'CHANGED_MEANWHILE',
      message: `The debt ${arrearId} has changed; read it again.`,
      path: ['arrear'],
    });
  await outbox.append(
    [
      {
        type: `cn.zhitong.arrear.${event.name}`,
        subject: arrearId,
        data: { arrearId, uscc: record.uscc, debtor: changed.debtor, ...event.data },
      },
    ],
    { session },
  );
  return arrearId;
}

/**
 * Reckons all debts anew that were reckoned by other rules (a rate was added, a calendar came out), and writes those
 * that are cleared, or are not any more, by today's. Answers how many were written; one that fails stops no other.
 */
export async function reckonArrears({
  db,
  logger,
  ...tools
}: ArrearTools & { readonly db: Connection; readonly logger: Logger }): Promise<number> {
  const today = dayInShanghai(tools.clock.now());
  const rules = tools.stores.arrearRules();
  const onFailed = (arrear: string, error: unknown) =>
    logger.error({ err: error, arrear }, 'a debt could not be reckoned');
  const changed = await tools.stores.arrears.reckonAnew(
    onFailed,
    (record) => withFigures(record, today, rules).isCleared,
  );
  const everybody = { expectedVersion: null, mayWriteFor: () => true };
  for (const arrearId of changed)
    await inTransaction(db, async (session) =>
      changeArrear(tools, { arrearId, ...everybody }, { name: 'reckoned' }, (record) => record, session),
    ).catch((error: unknown) => onFailed(arrearId, error));
  return changed.length;
}
