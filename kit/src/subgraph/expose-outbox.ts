import { Gauge, type Registry } from 'prom-client';
import type { DatabaseWatch } from '../mongo/watch-database.js';
import type { Outbox } from '../outbox/create-outbox.js';
import type { OutboxStats } from '../outbox/outbox-stats.js';

/**
 * How the outbox stands, counted when the metrics are asked for; NaN while the database is absent, because nobody knows
 * then.
 */
export function exposeOutbox({
  outbox,
  metrics,
  database,
}: {
  outbox: Outbox;
  metrics: Registry;
  database: Pick<DatabaseWatch, 'absence'>;
}): void {
  const gauge = (name: string, help: string, read: (stats: OutboxStats) => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [metrics],
      async collect() {
        this.set(database.absence() === null ? read(await outbox.stats()) : NaN);
      },
    });
  gauge('outbox_pending', 'Events that wait for a receiver', ({ waiting, pending }) => waiting + pending);
  gauge('outbox_dead_letters', 'Deliveries that were given up', ({ deadLetters }) => deadLetters);
  gauge('outbox_failed_attempts', 'Attempts of this process that failed', ({ failed }) => failed);
  gauge(
    'outbox_oldest_pending_seconds',
    'How long the oldest event has waited for its receiver',
    ({ oldestPendingSeconds }) => oldestPendingSeconds,
  );
}
