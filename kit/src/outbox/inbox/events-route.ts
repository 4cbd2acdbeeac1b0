import type { Connection } from 'mongoose';
import type { Clock } from '../../clock.js';
import type { RawRoute } from '../../server/start-subgraph.js';
import { createInbox, type InboxOptions } from './create-inbox.js';

/** What a department does with the events that other departments send it. */
export interface HeardEvents {
  /**
   * Acts on one event, in the transaction that remembers it; see {@link InboxOptions.handle}. Events that it has no use
   * for it leaves alone.
   */
  readonly handle: InboxOptions['handle'];
  /** Called after each event that was handled, or had been before. */
  readonly received?: () => void;
}

/**
 * Where other departments send their events: `POST /events`, signed with the secret that the sender's source has here.
 * @param secrets by source (`urn:zhitong:…`), the secrets with which its events are signed.
 */
export async function eventsRoute({
  connection,
  secrets,
  logger,
  clock,
  handle,
  received,
}: HeardEvents & {
  readonly connection: Connection;
  readonly secrets: InboxOptions['secrets'];
  readonly logger: InboxOptions['logger'];
  readonly clock: Clock;
}): Promise<RawRoute> {
  const inbox = createInbox({ db: connection.db, secrets, logger, clock, handle });
  await inbox.ensureIndexes();
  return {
    method: 'post',
    path: '/events',
    handle: async (request) => {
      const { status, body } = await inbox.receive(request);
      if (status === 200) received?.();
      return { status, body: JSON.stringify(body) };
    },
  };
}
