import type { Outbox } from '@zhitong/kit/outbox';
import type { LegalDay } from '@zhitong/values';
import { randomUUID } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import type { Repair } from '../domain/standing/dishonesty.js';
import type { StoredDishonestyRecord } from '../models/credit-record.js';
import type { Stores } from '../stores.js';

/** What credit records are written with. */
export interface RecordTools {
  readonly stores: Pick<Stores, 'creditRecords'>;
  readonly outbox: Pick<Outbox, 'append'>;
}

/** A number for a new record: what it is, the day, and eight random characters, for example SX-20261120-1F3A9C04. */
export const newRecordNumber = (prefix: string, today: LegalDay): string =>
  `${prefix}-${today.replaceAll('-', '')}-${randomUUID().slice(0, 8).toUpperCase()}`;

/**
 * Stores a record that `dishonestyFault` finds nothing wrong with, and its event, in the caller's transaction. Returns
 * its number.
 */
export async function insertDishonesty(
  { stores, outbox }: RecordTools,
  record: Omit<StoredDishonestyRecord, 'id' | 'repair'>,
  { today, session }: { readonly today: LegalDay; readonly session: ClientSession },
): Promise<string> {
  const id = newRecordNumber('SX', today);
  const { uscc } = record;
  await stores.creditRecords.insert({ ...record, id, repair: null }, session);
  await outbox.append([{ type: 'cn.zhitong.credit.dishonesty-recorded', subject: uscc, data: { record: id, uscc } }], {
    session,
  });
  return id;
}

/**
 * Adds a repair that `decideRepair` allows, and its event, in the caller's transaction; false when the record has one
 * already.
 */
export async function addRepair(
  { stores, outbox }: RecordTools,
  { id, uscc }: Pick<StoredDishonestyRecord, 'id' | 'uscc'>,
  repair: Repair,
  session: ClientSession,
): Promise<boolean> {
  if (!(await stores.creditRecords.repair(id, repair, session))) return false;
  await outbox.append([{ type: 'cn.zhitong.credit.dishonesty-repaired', subject: uscc, data: { record: id, uscc } }], {
    session,
  });
  return true;
}
