import type { Logger } from '@zhitong/kit';
import { countCommands } from '@zhitong/kit/testing';
import { dayInShanghai } from '@zhitong/values';
import { evaluate } from '../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { factsOfSheet, type CreditFacts } from '../../../subgraphs/policies/src/domain/matching/match.js';
import { factsInMemory } from '../../../subgraphs/policies/src/memory/facts-in-memory.js';
import { graphFactsSource, withSheet } from '../../../subgraphs/policies/src/graph/facts-source.js';
import { findFacts } from '../../../subgraphs/policies/src/usecases/facts/facts-in-version.js';
import { recordOf } from '../../../subgraphs/policies/src/usecases/facts/read-facts.js';
import { graphOfSheets, type GraphOfSheets } from '../support/graph-of-sheets.js';
import {
  auditor,
  fromGraph,
  NOW,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

const clock = { now: () => NOW };
let now = NOW;
let graph: GraphOfSheets;
let policies: PoliciesUnderTest;
beforeAll(async () => {
  graph = await graphOfSheets();
  policies = await policiesUnderTest(
    import.meta.url,
    { now: () => now },
    graphFactsSource({ url: graph.url, token: async () => 'token', today: () => today() }),
  );
});
beforeEach(async () => {
  now = NOW;
  graph.down = false;
  graph.asked.length = 0;
  await policies.publish(
    { id: 'staff' },
    {
      id: 'honest',
      criteria: [{ fact: 'dishonestyRecord', op: 'eq', value: false, text_zh: '无失信记录' }],
      benefit: { kind: 'subsidy', formula: '100 * employees' },
    },
    {
      id: 'small',
      criteria: [
        {
          allOf: [
            { fact: 'scale', op: 'in', value: ['small', 'micro'], text_zh: '小微企业' },
            { fact: 'honours', op: 'contains', value: '瞪羚企业', text_zh: '瞪羚企业' },
          ],
        },
      ],
    },
    { id: 'insured', criteria: [{ fact: 'insuredEmployees', op: 'gte', value: 5, text_zh: '参保' }] },
  );
});
afterEach(async () => policies.reset());
afterAll(async () => {
  await policies.close();
  await graph.close();
});
const today = (): string => dayInShanghai(now);

/**
 * Enterprises of all sorts, with what credit says of them, the sheet as the register tells it on the day, and its
 * version.
 */
const SORTS: readonly { readonly values: Record<string, unknown>; readonly credit: CreditFacts | null }[] = [
  {
    values: { employees: 12, scale: 'small', honours: ['瞪羚企业'], insuredEmployees: 3 },
    credit: { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: false },
  },
  {
    values: { employees: 9, scale: 'large', honours: [] },
    credit: { hasOpenDishonestyRecord: true, hasUnfulfilledJudgment: null },
  },
  { values: { scale: 'micro', honours: ['瞪羚企业'], dishonestyRecord: false }, credit: null },
  {
    values: { employees: 'many', honours: 7, madeUp: 1, insuredEmployees: null },
    credit: { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: true },
  },
  { values: {}, credit: null },
];
const sheetOf = (values: Record<string, unknown>) => ({
  asOf: '2025-12-31',
  values,
  dates: Object.fromEntries(
    Object.keys(values).flatMap((fact) => (['scale', 'honours'].includes(fact) ? [[fact, today()]] : [])),
  ),
});
const versionOf = (values: Record<string, unknown>): string =>
  `v-${JSON.stringify(values).length}-${Object.keys(values).join('')}`;
const tell = (number: number, values: Record<string, unknown>, version = versionOf(values)): string => {
  graph.put(number, { version, sheet: sheetOf(values) });
  return version;
};
const representation = (number: number, factsVersion: string | null, creditStanding: CreditFacts | null = null) => ({
  __typename: 'Enterprise',
  uscc: usccOf(number),
  factsVersion,
  creditStanding,
});
/** Puts what the register tells into the projection, as a reading does. */
async function hold(
  number: number,
  values: Record<string, unknown>,
  { version = versionOf(values), credit = null as CreditFacts | null } = {},
): Promise<void> {
  const listed = { ...fromGraph(usccOf(number), {}), factsVersion: version, credit };
  await policies.department.stores.facts.putAll([
    recordOf(withSheet(listed, { factsVersion: version, sheet: sheetOf(values) }, today()), {
      readingId: 'test',
      readAt: now,
      before: undefined,
    }),
  ]);
}

const EVERY = { outcomes: ['ELIGIBLE', 'NOT_ELIGIBLE', 'UNDETERMINED'] };
const MATCHES = `query ($of: [_Any!]!, $filter: MatchFilter) { _entities(representations: $of) { ... on Enterprise { matchedPolicies(filter: $filter) {
  totalCount nodes { outcome policy { id } amount { amount } criteria { text outcome expected actual asOf criteria { asOf } } missingFacts { name } nearestMiss { message } }
} } } }`;
interface Matches {
  _entities: {
    matchedPolicies: {
      totalCount: number;
      nodes: {
        outcome: string;
        policy: { id: string };
        criteria: {
          text: string;
          outcome: string;
          actual: string | null;
          asOf: string | null;
          criteria: { asOf: string | null }[];
        }[];
      }[];
    };
  }[];
}
const ask = async (of: readonly unknown[]) => {
  const { data, errors } = await policies.ask<Matches>(MATCHES, { variables: { of, filter: EVERY }, actor: officer });
  expect(errors).toBeUndefined();
  return data?._entities.map(({ matchedPolicies }) => matchedPolicies.nodes) ?? [];
};
const eligibleOf = async (number: number, version: string | null): Promise<string[]> =>
  (await ask([representation(number, version)]))[0]?.flatMap(({ outcome, policy }) =>
    outcome === 'ELIGIBLE' ? [policy.id] : [],
  ) ?? [];

/** The outcomes and reasons that the rules give for a sheet that is at hand. */
const decided = ({ values, credit }: (typeof SORTS)[number]) =>
  Object.fromEntries(
    policies.department.shelf.matchableOn(today()).map(({ id, criteria }) => {
      const { outcome, criteria: reasons } = evaluate(criteria, {
        facts: factsOfSheet(sheetOf(values), credit, today()).facts,
        referenceDate: today(),
      });
      return [
        id,
        {
          outcome,
          reasons: reasons.map(({ text, outcome: one, actual, asOf, of }) => ({
            text,
            outcome: one,
            actual,
            asOf,
            of: of.map((member) => member.asOf),
          })),
        },
      ];
    }),
  );
const shown = (nodes: Matches['_entities'][number]['matchedPolicies']['nodes']) =>
  Object.fromEntries(
    nodes.map(({ outcome, policy, criteria }) => [
      policy.id,
      {
        outcome,
        reasons: criteria.map(({ text, outcome: one, actual, asOf, criteria: of }) => ({
          text,
          outcome: one,
          actual,
          asOf,
          of: of.map((member) => member.asOf),
        })),
      },
    ]),
  );

describe('the answer', () => {
  it('is the same from the register, from memory and from the projection, and on a later day but for that day', async () => {
    const inProjection = SORTS.map((_, at) => at + 100);
    await Promise.all(SORTS.map(async ({ values, credit }, at) => hold(at + 100, values, { credit })));
    const of = SORTS.map(({ values, credit }, at) => representation(at, tell(at, values), credit));
    const held = SORTS.map(({ values, credit }, at) =>
      representation(inProjection[at] ?? 0, versionOf(values), credit),
    );
    const fromRegister = await ask(of);
    expect(fromRegister.map(shown)).toEqual(SORTS.map(decided));
    expect(await ask(of)).toEqual(fromRegister);
    expect(await ask(held)).toEqual(fromRegister);
    expect(graph.asked).toEqual([SORTS.length]);

    now = new Date('2026-11-23T04:00:00Z');
    expect(await ask(of)).toEqual(await ask(held));
    expect((await ask(of)).map(shown)).toEqual(SORTS.map(decided));
    expect(JSON.stringify(await ask(of))).toContain('2026-11-23');
    expect(graph.asked).toEqual([SORTS.length]);
  });

  it('from the projection of an earlier day shows the day of the question', async () => {
    const values = { scale: 'small', employees: 12 };
    await hold(1, values);
    now = new Date('2026-11-25T04:00:00Z');
    expect((await ask([representation(1, versionOf(values))])).map(shown)).toEqual([decided({ values, credit: null })]);
    expect(graph.asked).toEqual([]);
  });

  it('decides on what the register recorded last, as soon as it names another version', async () => {
    const before = tell(1, { employees: 9 });
    expect(await eligibleOf(1, before)).toEqual([]);
    const after = tell(1, { employees: 10 });
    expect(await eligibleOf(1, after)).toEqual(['staff']);
    expect(await eligibleOf(1, after)).toEqual(['staff']);
    expect(graph.asked).toEqual([1, 1]);
  });

  it('decides on the version that the register returns with the facts, where that is newer than the one in the question', async () => {
    await hold(1, { employees: 9 });
    tell(1, { employees: 10 }, 'newer still');
    expect(await eligibleOf(1, 'newer')).toEqual(['staff']);
    expect(await eligibleOf(1, 'newer still')).toEqual(['staff']);
    expect(graph.asked).toEqual([1]);
  });

  it('is kept under no version when the register returns its facts for another day, as around midnight', async () => {
    graph.put(1, {
      version: 'midnight',
      sheet: { asOf: '2025-12-31', values: { scale: 'small' }, dates: { scale: '2026-11-21' } },
    });
    const [nodes] = await ask([representation(1, 'midnight')]);
    expect(JSON.stringify(nodes)).toContain('2026-11-21');
    await ask([representation(1, 'midnight')]);
    expect(graph.asked).toEqual([1, 1]);
  });
});

describe('while the register', () => {
  it('names no version, the facts that were read last serve, and the graph is not asked', async () => {
    await hold(1, { employees: 10 });
    expect(await eligibleOf(1, null)).toEqual(['staff']);
    expect(graph.asked).toEqual([]);
  });

  it('names another version and then does not return the facts, those that were read last serve until it does', async () => {
    await hold(1, { employees: 10 });
    await eligibleOf(2, tell(2, { employees: 11 }));
    const news = [tell(1, { employees: 3 }), tell(2, { employees: 4 }), tell(3, { employees: 5 })];
    graph.down = true;
    expect(await Promise.all([eligibleOf(1, news[0] ?? ''), eligibleOf(2, news[1] ?? '')])).toEqual([
      ['staff'],
      ['staff'],
    ]);
    expect((await ask([representation(3, news[2] ?? '')]))[0]?.map(({ outcome }) => outcome)).toEqual([
      'UNDETERMINED',
      'UNDETERMINED',
      'UNDETERMINED',
      'UNDETERMINED',
    ]);
    graph.down = false;
    expect(await eligibleOf(1, news[0] ?? '')).toEqual([]);
  });

  it('cannot be read, the log says how many enterprises wait and names none', async () => {
    graph.down = true;
    const logged: unknown[] = [];
    const logger = { warn: (...args: unknown[]) => void logged.push(args) } as unknown as Logger;
    const source = graphFactsSource({ url: graph.url, token: async () => 'token', today });
    await findFacts(
      [
        { uscc: usccOf(1), version: 'new' },
        { uscc: usccOf(2), version: 'new' },
      ],
      { ...policies.department, factsInMemory: factsInMemory(), source, clock, logger },
    );
    expect(logged).toEqual([[expect.objectContaining({ enterprises: 2 }), expect.any(String)]]);
    expect(JSON.stringify(logged)).not.toContain(usccOf(1));
  });
});

describe('a page of fifty enterprises', () => {
  const fifty = Array.from({ length: 50 }, (_, number) => number);
  const page = async (versions: readonly string[]) => {
    graph.asked.length = 0;
    const { result, commands } = await countCommands(policies.database.connection, async () =>
      policies.ask<Matches>(MATCHES, {
        variables: { of: versions.map((version, number) => representation(number, version)), filter: EVERY },
        actor: auditor,
      }),
    );
    expect(result.errors).toBeUndefined();
    return { commands, asked: [...graph.asked] };
  };

  // A department that follows nothing, as this one, asks with a command more what all of them hold.
  it('costs one command for what they hold, one from the projection, none from memory, and one query for all that the register has in another version', async () => {
    await Promise.all(fifty.map(async (number) => hold(number, { employees: 1000 + number })));
    const versions = fifty.map((number) => tell(number, { employees: 1000 + number }));
    const fresh = versions.map((version, number) => `${version} of ${String(number)}`);
    expect(await page(versions)).toEqual({ commands: ['find', 'find'], asked: [] });
    expect(await page(versions)).toEqual({ commands: ['find'], asked: [] });
    for (const number of fifty) tell(number, { employees: 2000 + number }, fresh[number]);
    expect(await page(fresh)).toEqual({ commands: ['find', 'find'], asked: [50] });
    expect(await page(fresh)).toEqual({ commands: ['find'], asked: [] });
    const [, ...others] = fresh;
    expect(await page([tell(0, { employees: 1 }, 'the newest'), ...others])).toEqual({
      commands: ['find', 'find'],
      asked: [1],
    });
  });
});

describe('facts in memory', () => {
  it('are those of the enterprises that were asked for last', async () => {
    await Promise.all([1, 2, 3].map(async (number) => hold(number, { employees: number })));
    const memory = factsInMemory(2);
    const source = graphFactsSource({ url: graph.url, token: async () => 'token', today });
    for (const number of [1, 2, 3])
      await findFacts([{ uscc: usccOf(number), version: versionOf({ employees: number }) }], {
        ...policies.department,
        factsInMemory: memory,
        source,
        clock,
      });
    expect([1, 2, 3].map((number) => memory.get(usccOf(number)) !== undefined)).toEqual([false, true, true]);
  });
});
