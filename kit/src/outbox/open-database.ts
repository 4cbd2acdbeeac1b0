import type { Db } from 'mongodb';
import { OutboxError } from './outbox-error.js';

/**
 * The database, which a mongoose connection lacks until it is open.
 * @throws OutboxError INVALID
 */
export function openDatabase(db: Db | undefined): Db {
  if (db === undefined) throw new OutboxError('INVALID', 'There is no database yet: await the connection first.');
  return db;
}
