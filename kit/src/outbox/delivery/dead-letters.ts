import { z } from 'zod';
import type { Clock } from '../../clock.js';
import type { CloudEvent } from '../cloud-event.js';
import type { DeliveryRecord, OutboxCollections } from '../collections.js';
import { OutboxError } from '../outbox-error.js';

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 200;

/** A delivery that was given up after its last attempt. Kept until replayed, or its webhook is removed. */
export interface DeadLetter {
  readonly id: string;
  readonly webhookId: string;
  readonly event: CloudEvent;
  readonly attempts: number;
  /** Times that it was replayed before. */
  readonly replays: number;
  readonly lastStatus?: number;
  readonly lastError: string;
  readonly deadOn: Date;
}

export interface DeadLetterPage {
  readonly items: readonly DeadLetter[];
  /** Pass as `after` for the next page; undefined at the end. */
  readonly endCursor: string | undefined;
}

export interface DeadLetters {
  list(page?: { readonly first?: number; readonly after?: string }): Promise<DeadLetterPage>;
  replay(which: readonly string[] | 'all'): Promise<{ readonly replayed: number }>;
}

/** Builds the list of given-up deliveries; see {@link Outbox.deadLetters}. */
export function deadLetters({
  collections: { deliveries },
  clock,
}: {
  collections: OutboxCollections;
  clock: Clock;
}): DeadLetters {
  return {
    async list({ first = DEFAULT_PAGE, after } = {}) {
      if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE)
        throw new OutboxError('INVALID', `first is ${first}; a page has 1 to ${LARGEST_PAGE} dead letters.`);
      const beyond = after === undefined ? undefined : readCursor(after);
      const records = await deliveries
        .find(
          beyond === undefined
            ? { state: 'dead' }
            : {
                state: 'dead',
                sequence: { $gte: beyond[0] },
                $or: [{ sequence: beyond[0], webhookId: { $gt: beyond[1] } }, { sequence: { $gt: beyond[0] } }],
              },
        )
        .sort({ sequence: 1, webhookId: 1 })
        .limit(first + 1)
        .toArray();
      const items = records.slice(0, first);
      const last = items.at(-1);
      return { items: items.map(shown), endCursor: records.length > first && last ? writeCursor(last) : undefined };
    },
    async replay(which) {
      const { modifiedCount } = await deliveries.updateMany(
        which === 'all' ? { state: 'dead' } : { state: 'dead', _id: { $in: [...which] } },
        { $set: { state: 'pending', attempts: 0, dueOn: clock.now() }, $unset: { deadOn: '' }, $inc: { replays: 1 } },
      );
      return { replayed: modifiedCount };
    },
  };
}

function shown({
  _id,
  webhookId,
  event,
  attempts,
  replays = 0,
  lastStatus,
  lastError = '',
  deadOn,
  queuedOn,
}: DeliveryRecord): DeadLetter {
  return {
    id: _id,
    webhookId,
    event,
    attempts,
    replays,
    lastError,
    deadOn: deadOn ?? queuedOn,
    ...(lastStatus === undefined ? {} : { lastStatus }),
  };
}

const cursorSchema = z.tuple([z.number().int(), z.string()]);

const writeCursor = ({ sequence, webhookId }: DeliveryRecord): string =>
  Buffer.from(JSON.stringify([sequence, webhookId])).toString('base64url');

function readCursor(text: string): z.infer<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new OutboxError('INVALID', `after is ${JSON.stringify(text.slice(0, 80))}, which is no cursor of this list.`);
  }
}
