import type { Clock } from '@zhitong/kit';
import { forbid, refuse, type CommandBase } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import type { ClientSession } from 'mongoose';
import type { Recorded } from '../domain/arrears/arrear-payment.js';
import type { ArrearRecord } from '../models/arrears/arrear.js';
import type { Stores } from '../stores.js';

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

/**
 * Changes a debt that the actor may write, in the caller's transaction; two writers conflict on its version, and the
 * later one is run again. Returns the debt's number.
 */
export async function changeArrear(
  { stores, outbox }: Pick<ArrearTools, 'stores' | 'outbox'>,
  { arrearId, expectedVersion, mayWriteFor }: OnArrear,
  event: { readonly name: string; readonly data?: Record<string, unknown> },
  next: (record: ArrearRecord) => ArrearRecord | Promise<ArrearRecord>,
  session: ClientSession,
): Promise<string> {
  const record = await stores.arrears.byId(arrearId, session);
  if (!record) return refuse('INVALID', `There is no debt ${arrearId}.`, ['arrear']);
  if (!mayWriteFor(record.debtor))
    return forbid(
      `The debt ${arrearId} is owed by ${record.debtor}; its officers and those of the ledger's office write it.`,
    );
  if (expectedVersion !== null && expectedVersion !== record.version) {
    return refuse(
      'STALE_VERSION',
      `The debt ${arrearId} has changed: it is at version ${record.version}, not ${expectedVersion}.`,
      ['expectedVersion'],
      { currentVersion: record.version },
    );
  }
  if (record.withdrawal)
    return refuse(
      'ILLEGAL_STATE',
      `The debt ${arrearId} was withdrawn as recorded by mistake; nothing is added to it.`,
      ['arrear'],
    );
  const changed = { ...(await next(record)), version: record.version + 1 };
  if (!(await stores.arrears.replace(changed, record.version, session)))
    return refuse('STALE_VERSION', `The debt ${arrearId} has changed; read it again.`, ['arrear']);
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
