import type { randomStream } from '@zhitong/demo';
import { commandRunner, type CommandOutcome } from '@zhitong/kit/commands';
import { keeper, type CreditUnderTest } from './credit-under-test.js';

/**
 * Tools for commands whose process dies now and then before their transaction is over: what was written is gone, and
 * the request comes again.
 */
export function mortalCommands(credit: CreditUnderTest, random: ReturnType<typeof randomStream>) {
  const { stores, outbox } = credit.department;
  const db = credit.database.connection;
  let isDying = false;
  let keys = 0;
  let deaths = 0;
  const mortal = {
    ...outbox,
    append: async (...args: Parameters<typeof outbox.append>) => {
      const result = await outbox.append(...args);
      if (isDying) throw new Error('killed');
      return result;
    },
  };
  return {
    tools: { db, stores, outbox: mortal, clock: credit.clock, runner: commandRunner(db) },
    base: () => ({ idempotencyKey: `key-${String((keys += 1)).padStart(8, '0')}`, actor: keeper }),
    keys: () => keys,
    deaths: () => deaths,
    /** Runs a command, one in eight of which is cut off first, and every one twice under one key; null: refused. */
    run: async <Result>(command: () => Promise<CommandOutcome<Result>>): Promise<Result | null> => {
      isDying = random.int(1, 8) === 1;
      const first = await command().catch((error: unknown) => {
        if (!isDying) throw error;
        deaths += 1;
        return null;
      });
      isDying = false;
      const outcome = await command();
      if (first !== null) expect(outcome).toEqual(first);
      return outcome.kind === 'done' ? outcome.result : null;
    },
  };
}
