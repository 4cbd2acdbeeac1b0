import type { HeardEvents } from '@zhitong/kit/outbox';
import { checkUscc } from '@zhitong/values';
import type { Stores } from './stores.js';

/**
 * What the department does with other departments' events: an event names an enterprise in its subject or in
 * `data.uscc`; that enterprise is noted to be read again.
 */
export const heardEvents =
  ({ matchState }: Pick<Stores, 'matchState'>): HeardEvents['handle'] =>
  async ({ subject, data, time }, { session }) => {
    const uscc = enterpriseOf(subject, data);
    if (uscc !== null) await matchState.noteStale(uscc, new Date(time), session);
  };

function enterpriseOf(subject: string, data: unknown): string | null {
  const named =
    typeof data === 'object' && data !== null && 'uscc' in data && typeof data.uscc === 'string' ? [data.uscc] : [];
  for (const text of [subject, ...named]) {
    const check = checkUscc(text, { irregular: 'accept' });
    if (check.ok) return check.uscc;
  }
  return null;
}
