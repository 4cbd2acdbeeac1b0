import type { ClientSession } from 'mongodb';
import { z } from 'zod';
import type { Clock } from '../../clock.js';
import { hasNames, type CloudEvent } from '../cloud-event.js';
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
  /** Who did that last, where it was said. */
  readonly replayedBy?: string;
  readonly lastStatus?: number;
  readonly lastError: string;
  readonly deadOn: Date;
}

/** A dead letter with its event's place in the order; with the webhook it is the place in the list. */
export type PlacedDeadLetter = DeadLetter & { readonly sequence: number };

export interface DeadLetterPage {
  readonly items: readonly DeadLetter[];
  /** Pass as `after` for the next page; undefined at the end. */
  readonly endCursor: string | undefined;
}

export interface DeadLetters {
  list(page?: { readonly first?: number; readonly after?: string }): Promise<DeadLetterPage>;
  /** The letters behind a place, in the events' order. */
  behind(
    place: readonly [sequence: number, webhookId: string] | undefined,
    limit: number,
  ): Promise<readonly PlacedDeadLetter[]>;
  count(): Promise<number>;
  /** @param by who does it */
  replay(
    which: readonly string[] | 'all',
    by?: { readonly by?: string; readonly session?: ClientSession },
  ): Promise<{ readonly replayed: number }>;
}

/** Builds the list of given-up deliveries; see {@link Outbox.deadLetters}. */
export function deadLetters({
  collections: { deliveries },
  clock,
}: {
  collections: OutboxCollections;
  clock: Clock;
}): DeadLetters {
  const behind: DeadLetters['behind'] = async (place, limit) =>
    (
      await deliveries
        .find(
          place === undefined
            ? { state: 'dead' }
            : {
                state: 'dead',
                sequence: { $gte: place[0] },
                $or: [{ sequence: place[0], webhookId: { $gt: place[1] } }, { sequence: { $gt: place[0] } }],
              },
        )
        .sort({ sequence: 1, webhookId: 1 })
        .limit(limit)
        .toArray()
    ).map(shown);
  return {
    behind,
    count: async () => deliveries.countDocuments({ state: 'dead' }),
    async list({ first = DEFAULT_PAGE, after } = {}) {
      if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE)
        throw new OutboxError('INVALID', `first is ${first}; a page has 1 to ${LARGEST_PAGE} dead letters.`);
      const letters = await behind(after === undefined ? undefined : readCursor(after), first + 1);
      const items = letters.slice(0, first);
      const last = items.at(-1);
      return {
        items: items.map(({ sequence: _sequence, ...letter }) => letter),
        endCursor: letters.length > first && last ? writeCursor(last) : undefined,
      };
    },
    async replay(which, { by, session } = {}) {
      const { modifiedCount } = await deliveries.updateMany(
        which === 'all' ? { state: 'dead' } : { state: 'dead', _id: { $in: [...which] } },
        {
          $set: {
            state: 'pending',
            attempts: 0,
            dueOn: clock.now(),
            ...(by === undefined ? {} : { replayedBy: by }),
          },
          $unset: { deadOn: '' },
          $inc: { replays: 1 },
        },
        { ...(session && { session }) },
      );
      return { replayed: modifiedCount };
    },
  };
}

/** What is shown in place of an event that somebody damaged. */
const lostEvent = ({ _id, subject, queuedOn }: Pick<DeliveryRecord, '_id' | 'subject' | 'queuedOn'>): CloudEvent => ({
  specversion: '1.0',
  id: _id,
  source: 'urn:zhitong:damaged',
  type: 'damaged',
  subject,
  time: queuedOn.toISOString(),
  datacontenttype: 'application/json',
  data: null,
});

function shown({
  _id,
  webhookId,
  event,
  subject,
  attempts,
  replays = 0,
  replayedBy,
  sequence,
  lastStatus,
  lastError = '',
  deadOn,
  queuedOn,
}: DeliveryRecord): PlacedDeadLetter {
  return {
    id: _id,
    webhookId,
    event: hasNames(event) ? event : lostEvent({ _id, subject, queuedOn }),
    attempts,
    replays,
    ...(replayedBy === undefined ? {} : { replayedBy }),
    sequence,
    lastError,
    deadOn: deadOn ?? queuedOn,
    ...(lastStatus === undefined ? {} : { lastStatus }),
  };
}

const cursorSchema = z.tuple([z.number().int(), z.string()]);

const writeCursor = ({ sequence, webhookId }: PlacedDeadLetter): string =>
  Buffer.from(JSON.stringify([sequence, webhookId])).toString('base64url');

function readCursor(text: string): z.infer<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new OutboxError('INVALID', `after is ${JSON.stringify(text.slice(0, 80))}, which is no cursor of this list.`);
  }
}
