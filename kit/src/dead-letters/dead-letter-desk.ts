import { withoutPersonalData } from '../personal-data/without-personal-data.js';
import { refuse, type CommandOutcome } from '../commands/outcome.js';
import type { CommandBase, CommandRunner } from '../commands/runner.js';
import { parsePage, type PageArguments } from '../connection/page.js';
import { connectionOf, type RelayConnection } from '../connection/relay-connection.js';
import type { Outbox } from '../outbox/create-outbox.js';
import type { PlacedDeadLetter } from '../outbox/delivery/dead-letters.js';
import { said } from '../refusal-words.js';

/** A delivery that was given up, as the graph's DeadLetter. */
export interface DeadLetterView {
  readonly id: string;
  readonly receiver: string;
  readonly eventType: string;
  readonly subject: string;
  readonly attempts: number;
  readonly replays: number;
  readonly lastReplayedBy: string | null;
  readonly lastStatus: number | null;
  readonly lastError: string;
  readonly deadAt: Date;
  /** Place of the event in the order, for the list's. */
  readonly sequence: number;
}

export type DeadLetterConnectionRows = RelayConnection<DeadLetterView>;

/** What a department's graph does with deliveries of its events that were given up. */
export interface DeadLetterDesk {
  /** In the order of their events. @throws GraphQLError BAD_USER_INPUT */
  list(page: Pick<PageArguments, 'first' | 'after'>): Promise<DeadLetterConnectionRows>;
  /** Makes letters pending again with all their attempts: all that are named, or none. Returns how many. */
  replay(base: Pick<CommandBase, 'idempotencyKey' | 'actor'>, ids: readonly string[]): Promise<CommandOutcome<number>>;
}

const IN_ORDER = [
  { field: 'sequence', direction: 1 },
  { field: 'receiver', direction: 1 },
] as const;
const MOST_AT_ONCE = 200;

const viewOf = ({ event, webhookId, deadOn, ...letter }: PlacedDeadLetter): DeadLetterView => ({
  id: letter.id,
  receiver: webhookId,
  eventType: event.type,
  subject: withoutPersonalData(event.subject),
  attempts: letter.attempts,
  replays: letter.replays,
  lastReplayedBy: letter.replayedBy ?? null,
  lastStatus: letter.lastStatus ?? null,
  lastError: withoutPersonalData(letter.lastError),
  deadAt: deadOn,
  sequence: letter.sequence,
});

/** The desk over a department's outbox. */
export function deadLetterDesk({
  outbox: { deadLetters },
  runner,
}: {
  readonly outbox: Pick<Outbox, 'deadLetters'>;
  readonly runner: CommandRunner;
}): DeadLetterDesk {
  return {
    list: async ({ first, after }) => {
      const page = parsePage({ first, after }, { list: { list: 'deadLetters' }, keys: IN_ORDER.length });
      const [sequence, receiver] = page.position ?? [];
      const place =
        typeof sequence === 'number' && typeof receiver === 'string' ? ([sequence, receiver] as const) : undefined;
      const letters = await deadLetters.behind(place, page.limit + 1);
      return connectionOf({
        rows: letters.map(viewOf),
        page,
        sort: IN_ORDER,
        totalCount: async () => deadLetters.count(),
      });
    },
    replay: async (base, ids) =>
      runner.run({ ...base, name: 'replayDeadLetters', request: { ids } }, async (session) => {
        const wanted = new Set(ids);
        if (wanted.size < 1 || wanted.size > MOST_AT_ONCE)
          return refuse('INVALID', said('NUMBER_OF_LETTERS', { number: wanted.size, most: MOST_AT_ONCE }), [
            'deadLetters',
          ]);
        const { replayed } = await deadLetters.replay([...wanted], { by: base.actor.sub, session });
        return replayed === wanted.size
          ? replayed
          : refuse('ILLEGAL_STATE', said('NO_DEAD_LETTER', { number: wanted.size - replayed }), ['deadLetters']);
      }),
  };
}
