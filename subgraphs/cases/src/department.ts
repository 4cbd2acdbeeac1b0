import type { Clock, Logger } from '@zhitong/kit';
import { ensureIndexes, ensureOnceIndexes } from '@zhitong/kit/mongo';
import { createOutbox, type Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import type { CalendarOverrides, WorkingCalendar } from './domain/calendar.js';
import { nationalCalendar } from './national-calendar.js';
import { openStores, type Stores } from './stores.js';
import { caseCommands, type CaseCommands } from './usecases/case-commands.js';

/** Everything of the department that works over its database, without a server. */
export interface OpenDepartment {
  readonly stores: Stores;
  readonly calendar: WorkingCalendar;
  readonly outbox: Outbox;
  readonly commands: CaseCommands;
}

/** Opens the department over a connection to its own database and builds its indexes. */
export async function openDepartment({ connection, logger, clock, calendarOverrides }: { connection: Connection; logger: Logger; clock: Clock; calendarOverrides?: CalendarOverrides }): Promise<OpenDepartment> {
  if (connection.db === undefined) throw new Error('The department needs an open connection.');
  const stores = openStores(connection);
  const calendar = nationalCalendar(calendarOverrides);
  const outbox = createOutbox({ db: connection.db, source: 'urn:zhitong:cases', logger, clock });
  await Promise.all([ensureIndexes(connection), ensureOnceIndexes(connection), outbox.ensureIndexes()]);
  return { stores, calendar, outbox, commands: caseCommands({ db: connection, stores, outbox, calendar, clock }) };
}
