import { createLogger } from '@zhitong/kit';
import { eventsRoute } from '@zhitong/kit/outbox';
import { Webhook } from 'standardwebhooks';
import { heardEvents } from '../../../subgraphs/credit/src/events-inbox.js';
import type { CreditUnderTest } from './credit-under-test.js';

const SOURCE = 'urn:zhitong:policies';
const SECRET = `whsec_${Buffer.alloc(32, 'p').toString('base64')}`;

/** Sends an event as the policies department's outbox does; answers the status. */
export async function sendEvent(
  credit: CreditUnderTest,
  type: string,
  data: object,
  { id = `e-${type}`, secret = SECRET, subject = '' }: { id?: string; secret?: string; subject?: string } = {},
): Promise<number> {
  const route = await eventsRoute({
    connection: credit.database.connection,
    secrets: { [SOURCE]: SECRET },
    logger: createLogger({ name: 'test', level: 'silent' }),
    clock: credit.clock,
    handle: heardEvents(credit.department.stores),
  });
  const at = credit.clock.now();
  const rawBody = JSON.stringify({
    specversion: '1.0',
    id,
    source: SOURCE,
    type,
    subject,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    data,
  });
  const { status } = await route.handle({
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, rawBody),
    },
    rawBody,
  });
  return status;
}
