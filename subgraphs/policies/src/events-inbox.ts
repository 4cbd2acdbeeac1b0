import type { Clock, Logger, RawRoute } from '@zhitong/kit';
import { createInbox } from '@zhitong/kit/outbox';
import { checkUscc } from '@zhitong/values';
import type { Connection } from 'mongoose';
import type { Stores } from './stores.js';

/**
 * Where other departments send their events (`POST /events`, signed). An event names an enterprise in its subject or in
 * `data.uscc`; that enterprise is noted to be read again, in the transaction that remembers the event.
 */
export async function eventsInbox({ connection, stores, secrets, logger, clock, received }: {
  connection: Connection;
  stores: Pick<Stores, 'matchState'>;
  secrets: Readonly<Record<string, string | readonly string[]>>;
  logger: Logger;
  clock: Clock;
  /** Called after each event. */
  received: () => void;
}): Promise<RawRoute> {
  if (connection.db === undefined) throw new Error('The inbox needs an open connection.');
  const inbox = createInbox({
    db: connection.db,
    secrets,
    logger,
    clock,
    handle: async ({ subject, data, time }, { session }) => {
      const uscc = enterpriseOf(subject, data);
      if (uscc !== null) await stores.matchState.noteStale(uscc, new Date(time), session);
    },
  });
  await inbox.ensureIndexes();
  return {
    method: 'post',
    path: '/events',
    handle: async (request) => {
      const { status, body } = await inbox.receive(request);
      if (status === 200) received();
      return { status, body: JSON.stringify(body) };
    },
  };
}

function enterpriseOf(subject: string, data: unknown): string | null {
  const named = typeof data === 'object' && data !== null && 'uscc' in data && typeof data.uscc === 'string' ? [data.uscc] : [];
  for (const text of [subject, ...named]) {
    const check = checkUscc(text, { irregular: 'accept' });
    if (check.ok) return check.uscc;
  }
  return null;
}
