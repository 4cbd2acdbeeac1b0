import { readFileSync } from 'node:fs';
import type { Actor } from '@zhitong/kit';
import type { TestAnswer } from '@zhitong/kit/testing';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { actorOf, CALLERS, type Caller } from './callers.js';
import { declaredMutations, type DeclaredMutation } from './sdl-mutations.js';

const callers = z.array(z.enum(CALLERS));
/**
 * Whose it is, who may, who may too for an enterprise registered elsewhere (it has no account here), and what two keys
 * do.
 */
const rowSchema = z.object({
  own: z.string(),
  may: callers.min(1),
  elsewhere: callers.default([]),
  twice: z.enum(['once', 'each']),
});
const tableSchema = z.record(z.string(), z.record(z.string(), rowSchema));
/** The rights by the contract, written by hand: docs/rights/mutations.md is made of the same file. */
const TABLE = tableSchema.parse(JSON.parse(readFileSync(new URL('mutations.json', import.meta.url), 'utf8')));

type Input = Record<string, unknown>;

/** A department under test and what its mutations need. */
export interface World {
  readonly connection: Connection;
  ask(
    query: string,
    variables: Input,
    actor: Actor | null,
  ): Promise<TestAnswer<Record<string, Record<string, unknown> | null>>>;
  /** Empties the department, or as much of it as the scenarios need. */
  reset(): Promise<void>;
  /** Sets the department's clock on by more than a year; the next `reset` puts it back. */
  muchLater(): void;
}

/** What a mutation is tried on. */
export interface Scenario {
  /** The department that owns it; the world's when left out. */
  readonly department?: string;
  /** Makes the thing that the mutation is about, and the input that suits it; each time a new thing. */
  readonly prepare: () => Promise<Input>;
  /** The same for an enterprise registered elsewhere. */
  readonly elsewhere?: () => Promise<Input>;
}

interface Press {
  readonly isDone: boolean;
  readonly isRefused: boolean;
  readonly said: string;
}

let keys = 0;
export const freshKey = (): string => `rights-key-${String((keys += 1)).padStart(6, '0')}`;

/** Codes with which a caller is turned away; anything else, a wrong argument above all, is no refusal of a right. */
/** MD5 of no document: a collection that is there and empty. */
const HASH_OF_NOTHING = 'd41d8cd98f00b204e9800998ecf8427e';
const TURNED_AWAY = new Set<unknown>(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']);

/** What the mutations of a department are tried on. */
export interface RightsOf {
  readonly typeDefs: string;
  readonly world: () => World;
  readonly scenarios: Readonly<Record<string, Scenario>>;
  /** The enterprise that owns what is prepared, and one that does not. */
  readonly own: string;
  readonly foreign: string;
  /** The department that owns it, and one that sees everything. */
  readonly department: string;
  readonly keeper: string;
}

/** Ways to press a department's mutations, and to look at what came of it. */
function trying(name: string, { typeDefs, world, scenarios, own, foreign, department, keeper }: RightsOf) {
  const mutations = declaredMutations(typeDefs);
  const table = TABLE[name] ?? {};

  const press = async (
    { name: mutation, inputType, selection, result }: DeclaredMutation,
    input: Input,
    actor: Actor | null,
  ): Promise<Press> => {
    const { data, errors } = await world().ask(
      `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${selection} refusal { code message path } } }`,
      { input },
      actor,
    );
    const payload = data?.[mutation] ?? null;
    const refusal = payload?.['refusal'] as { code: string } | null | undefined;
    return {
      isDone: errors === undefined && refusal === null && payload?.[result] !== null && payload?.[result] !== undefined,
      isRefused:
        payload === null
          ? TURNED_AWAY.has(errors?.[0]?.extensions?.['code'])
          : errors === undefined && refusal?.code === 'INVALID' && payload[result] === null,
      said: JSON.stringify({
        errors: errors?.map(({ message, extensions }) => ({ message, code: extensions?.['code'] })),
        refusal,
        result: payload?.[result],
      }),
    };
  };
  /** The server's hash of each collection that holds anything, but for the keys and what is kept of the registry. */
  const stored = async (): Promise<string> => {
    const { collections = {} } = ((await world().connection.db?.command({ dbHash: 1 })) ?? {}) as {
      collections?: Record<string, string>;
    };
    return JSON.stringify(
      Object.entries(collections)
        .filter(([name, hash]) => name !== 'idempotency' && name !== 'register_lists' && hash !== HASH_OF_NOTHING)
        .sort(),
    );
  };
  const events = async (): Promise<number> => world().connection.collection('outbox').countDocuments();
  const prepared = async (prepare: () => Promise<Input>): Promise<Input> => {
    await world().reset();
    return { idempotencyKey: freshKey(), ...(await prepare()) };
  };

  /** A mutation's row and scenario, and its callers. */
  const triedOn = (mutation: string) => {
    const row = table[mutation];
    const scenario = scenarios[mutation];
    const [first] = row?.may ?? [];
    if (row === undefined || scenario === undefined || first === undefined)
      throw new Error(`${mutation} has no row or no scenario.`);
    const as = (caller: Caller): Actor | null =>
      actorOf(caller, { own, foreign, department: scenario.department ?? department, keeper });
    return { row, scenario, as, actor: as(first) };
  };
  const cases = mutations.map((mutation) => [mutation.name, mutation] as const);
  return { mutations, table, cases, triedOn, press, stored, events, prepared };
}

/**
 * Tries every mutation of a department's SDL as every caller: who may by the table does it, everybody else is refused
 * and changes nothing, also with the key of one who may; and again on another day.
 */
export function describeWriteRights(name: string, rights: RightsOf): void {
  const { mutations, table, cases, triedOn, press, stored, prepared } = trying(name, rights);

  describe(`the mutations of ${name}`, () => {
    it('have each a row of rights and a scenario, and let nobody pass whom the table does not know', () => {
      const names = mutations.map((mutation) => mutation.name).sort();
      expect(Object.keys(table).sort()).toEqual(names);
      expect(Object.keys(rights.scenarios).sort()).toEqual(names);
      for (const { name: mutation, roles } of mutations) {
        const { may = [], elsewhere = [] } = table[mutation] ?? {};
        const allowed = new Set([...may, ...elsewhere].map((caller) => caller.split(' ')[0]));
        expect([mutation, [...roles].sort()]).toEqual([mutation, [...allowed].sort()]);
      }
    });

    it.each(cases)('%s: is done for whom it is, and refused to everybody else', async (mutationName, mutation) => {
      const { row, scenario, as } = triedOn(mutationName);
      // One actor may stand in two columns: a bank is the owner of its products.
      const allowed = row.may.map((caller) => JSON.stringify(as(caller)));
      const refused = CALLERS.filter((caller) => !allowed.includes(JSON.stringify(as(caller))));
      const wrong: string[] = [];
      const refusedAll = async (input: Input, isRight: (outcome: Press) => boolean): Promise<void> => {
        const before = await stored();
        for (const caller of refused) {
          const outcome = await press(mutation, { ...input }, as(caller));
          if (!isRight(outcome)) wrong.push(`${caller} was not refused: ${outcome.said}`);
        }
        if ((await stored()) !== before) wrong.push('something was changed by a refusal');
      };
      const doneFor = async (caller: Caller, prepare: () => Promise<Input>): Promise<Input> => {
        const input = await prepared(prepare);
        const { isDone, said } = await press(mutation, input, as(caller));
        if (!isDone) wrong.push(`${caller} may, and was answered ${said}`);
        return input;
      };
      await refusedAll(await prepared(scenario.prepare), ({ isRefused }) => isRefused);
      let input: Input = {};
      for (const caller of row.may) input = await doneFor(caller, scenario.prepare);
      // The key of one who may opens nothing to the same account when it acts for somebody else.
      await refusedAll(input, ({ isDone }) => !isDone);
      for (const caller of row.elsewhere) await doneFor(caller, scenario.elsewhere ?? scenario.prepare);
      expect(wrong).toEqual([]);
    });

    it.each(cases)(
      '%s: the same press is answered as before, whatever day it is by then',
      async (mutationName, mutation) => {
        const { scenario, actor } = triedOn(mutationName);
        const input = await prepared(scenario.prepare);
        const first = await press(mutation, input, actor);
        const before = await stored();
        rights.world().muchLater();
        expect(await press(mutation, input, actor)).toEqual({ ...first, isDone: true });
        expect(await stored()).toBe(before);
      },
    );
  });
}

/** Presses every mutation twice at once: with one key it acts once, with two as often as its table says. */
export function describeWriteRaces(name: string, rights: RightsOf): void {
  const { cases, triedOn, press, events, prepared } = trying(name, rights);

  describe(`the mutations of ${name}`, () => {
    it.each(cases)(
      '%s: pressed twice at once acts once, and with two keys as often as its table says',
      async (mutationName, mutation) => {
        const { row, scenario, as, actor } = triedOn(mutationName);
        const once = await prepared(scenario.prepare);
        const atFirst = await events();
        const pair = await Promise.all([press(mutation, once, actor), press(mutation, once, actor)]);
        expect(pair.map(({ isDone, said }) => isDone || said)).toEqual([true, true]);
        const byOnePress = (await events()) - atFirst;

        const single = await prepared(scenario.prepare);
        const before = await events();
        expect((await press(mutation, single, actor)).isDone).toBe(true);
        expect(byOnePress).toBe((await events()) - before);

        if (row.twice === 'each') {
          // One account that acts for several, with one key: nobody's press is swallowed by another's.
          const shared = await prepared(scenario.prepare);
          const atShared = await events();
          for (const who of row.may) expect((await press(mutation, shared, as(who))).isDone).toBe(true);
          expect((await events()) - atShared).toBe(byOnePress * row.may.length);
        }

        const again = await prepared(scenario.prepare);
        const two = await Promise.all(
          [0, 1].map(async () => press(mutation, { ...again, idempotencyKey: freshKey() }, actor)),
        );
        const done = two.filter(({ isDone }) => isDone).length;
        expect([done, two.map(({ said }) => said)]).toEqual([row.twice === 'once' ? 1 : 2, expect.anything()]);
      },
    );
  });
}
