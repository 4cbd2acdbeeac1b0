import { setImmediate } from 'node:timers/promises';
import type { CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';
import { tablesInSteps } from '../../../subgraphs/cases/src/domain/figures/month-tables.js';
import { publishMonths } from '../../../subgraphs/cases/src/usecases/published-statistics.js';
import { accepted, aHistory, assigned, contacted, resolvedWith, type Happening } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

const TODAY = '2026-04-20';
let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url, TODAY)));
beforeEach(async () => {
  next = 0;
  await cases.empty();
});
afterAll(async () => cases.close());

let next = 0;
/** A case of March of one of many enterprises, answered on a day. */
function aCase(enterprise: number, { received = '2026-03-02', answered = null as string | null, lead = 'JXJ' } = {}) {
  next += 1;
  const happened: Happening[] =
    answered === null
      ? []
      : [
          [received, assigned({ lead })],
          [received, accepted],
          [received, contacted],
          [answered, resolvedWith()],
        ];
  return aHistory(
    received,
    happened,
    {
      complainant: {
        uscc: `9142120000000000${String(enterprise).padStart(2, '0')}`,
        name: null,
        homeRegion: null,
        anonymous: false,
        contactName: null,
        contactPhone: null,
      },
      category: 'FINANCE',
    },
    `SQ2026-${String(next).padStart(6, '0')}`,
  );
}
const many = (count: number, options: Parameters<typeof aCase>[1] = {}, first = 0): CaseEvent[][] =>
  Array.from({ length: count }, (_, index) => aCase(first + index, options));

/** Lets a day pass for the database, which judges it by its own clock. */
const nextDay = async (): Promise<unknown> =>
  cases.connection
    .collection('published_months')
    .updateMany({}, [{ $set: { decidedAt: { $subtract: ['$decidedAt', 86_400_000] } } }]);

interface Figures {
  readonly received: number;
  readonly resolved: number;
  readonly enterprisesHelped: number;
}
interface Told {
  readonly caseStatistics: {
    readonly from: string;
    readonly to: string;
    readonly total: Figures | null;
    readonly groups: readonly { readonly key: string; readonly figures: Figures | null }[];
  };
  readonly departmentRanking: { readonly to: string; readonly departments: readonly unknown[] };
}
async function told(
  { from = '2026-03-01', to = '2026-03-31' } = {},
  actor: Parameters<CasesUnderTest['ask']>[2] = null,
): Promise<Told> {
  const figures =
    'received resolved enterprisesHelped resolution { numerator denominator } onTime { numerator denominator }';
  const { data, errors } = await cases.ask<Told>(
    `query ($from: Date!, $to: Date!) {
      caseStatistics(from: $from, to: $to, groupBy: DEPARTMENT) { from to total { ${figures} } groups { key figures { ${figures} } } }
      departmentRanking(from: $from, to: $to) { to departments { department { code } score rank } } }`,
    { from, to },
    actor,
  );
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no answer');
  return data;
}

describe('whoever reads the figures of a month before and after one case', () => {
  it.each([
    ['nobody', null],
    ['another enterprise', people.stranger],
    ['a bank', people.officer('RMYH')],
  ])('sees no difference as %s, not on that day nor on a later one', async (_who, actor) => {
    await cases.given(...many(20, { answered: '2026-03-09' }));
    const first = await told({}, actor);
    expect(first.caseStatistics.total).toMatchObject({ received: 20, resolved: 20, enterprisesHelped: 20 });
    // One more of March was found, and one of them is answered.
    await cases.given(aCase(30, { answered: '2026-03-30' }));
    for (const day of [0, 1, 2]) {
      expect([day, await told({}, actor)]).toEqual([day, first]);
      await nextDay();
    }
  });

  it('sees no difference either where nobody is told, as the fifth comes', async () => {
    await cases.given(...many(4, { answered: '2026-03-09' }));
    expect((await told()).caseStatistics.total).toBeNull();
    await cases.given(aCase(30, { answered: '2026-03-30' }));
    await nextDay();
    expect((await told()).caseStatistics.total).toBeNull();
  });

  it('sees five cases of one enterprise no more than one', async () => {
    await cases.given(...many(20, { answered: '2026-03-09' }));
    const first = await told();
    await cases.given(...Array.from({ length: 6 }, () => aCase(30, { answered: '2026-03-30' })));
    await nextDay();
    expect(await told()).toEqual(first);
  });

  it('sees them on the next day where five enterprises moved every figure that moved, and not before', async () => {
    await cases.given(...many(20, { answered: '2026-03-09' }));
    const first = await told();
    await cases.given(...many(5, { answered: '2026-03-09' }, 40));
    expect(await told()).toEqual(first);
    await nextDay();
    expect((await told()).caseStatistics.total).toMatchObject({ received: 25, resolved: 25 });
  });

  it('learns nothing from a longer period, nor from another grouping, that is asked for first after the case', async () => {
    await cases.given(
      ...many(20, { answered: '2026-03-09' }),
      ...many(9, { received: '2026-02-02', answered: '2026-02-09' }),
    );
    await told();
    await cases.given(aCase(30, { answered: '2026-03-30' }));
    const both = await told({ from: '2026-02-01' });
    expect(both.caseStatistics.total).toMatchObject({ received: 29, resolved: 29 });
    const { data } = await cases.ask<{ caseStatistics: Told['caseStatistics'] }>(
      '{ caseStatistics(from: "2026-03-01", to: "2026-03-31", groupBy: CATEGORY) { groups { key figures { received } } } }',
    );
    expect(data?.caseStatistics.groups).toEqual([{ key: 'FINANCE', figures: { received: 20 } }]);
  });
});

describe('the running month', () => {
  it('is told to officials, exactly and as of now, and to nobody else', async () => {
    await cases.given(
      ...many(20, { answered: '2026-03-09' }),
      ...many(8, { received: '2026-04-02', answered: '2026-04-03' }),
    );
    const april = { from: '2026-04-01', to: '2026-04-30' };
    expect((await told(april)).caseStatistics).toMatchObject({ ...april, total: null, groups: [] });
    expect((await told(april)).departmentRanking.departments).toEqual([]);
    expect((await told({ to: '2026-04-30' })).caseStatistics).toMatchObject({
      to: '2026-03-31',
      total: { received: 20 },
    });
    for (const actor of [people.officer('JXJ'), people.coordinator, people.auditor, people.admin]) {
      expect((await told({ to: '2026-04-30' }, actor)).caseStatistics.total?.received).toBe(next);
      await cases.given(aCase(31, { received: '2026-04-02' }));
      expect((await told(april, actor)).caseStatistics.total?.received).toBe(8 + next - 28);
    }
  });

  it('is published as the next one begins', async () => {
    await cases.given(...many(8, { received: '2026-04-02', answered: '2026-04-03' }));
    const april = { from: '2026-04-01', to: '2026-04-30' };
    expect((await told(april)).caseStatistics.total).toBeNull();
    cases.at('2026-05-01');
    expect((await told(april)).caseStatistics.total).toMatchObject({ received: 8 });
    cases.at(TODAY);
  });
});

it('nothing is published while the city is being loaded, so that no part of it stands for the whole', async () => {
  await cases.given(...many(9, { answered: '2026-03-09' }));
  const load = cases.connection.collection<{ _id: string; finishedAt: Date | null }>('demo');
  await load.insertOne({ _id: 'demo', finishedAt: null });
  expect((await told()).caseStatistics.total).toBeNull();
  await load.updateOne({ _id: 'demo' }, { $set: { finishedAt: new Date() } });
  expect((await told()).caseStatistics.total).toMatchObject({ received: 9 });
});

describe('the day on which the places of a month were published', () => {
  /** Lets days pass for the database, for what was published as for what was decided. */
  const daysLater = async (days: number): Promise<unknown> =>
    cases.connection.collection('published_months').updateMany({}, [
      {
        $set: {
          decidedAt: { $subtract: ['$decidedAt', days * 86_400_000] },
          publishedAt: { $subtract: ['$publishedAt', days * 86_400_000] },
        },
      },
    ]);
  const publishedOn = async (period = 'from: "2026-03-01", to: "2026-03-31"', actor?: Parameters<typeof told>[1]) =>
    (
      await cases.ask<{ departmentRanking: { publishedOn: string | null } }>(
        `{ departmentRanking(${period}) { publishedOn } }`,
        {},
        actor,
      )
    ).data?.departmentRanking.publishedOn;
  const dayAgo = (days: number): string =>
    new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);

  it('stays while nothing that is shown moves, and is the day of what took their place', async () => {
    await cases.given(
      ...many(20, { answered: '2026-03-09' }),
      ...many(9, { received: '2026-02-02', answered: '2026-02-09' }),
    );
    expect(await publishedOn()).toBe(dayAgo(0));
    await daysLater(3);
    await cases.given(aCase(30, { answered: '2026-03-09' }));
    expect(await publishedOn()).toBe(dayAgo(3));
    // Something of February has changed, and none of its figures.
    await cases.connection.collection('published_months').updateMany({}, { $set: { basis: 'another' } });
    await daysLater(1);
    expect(await publishedOn('from: "2026-02-01", to: "2026-02-28"')).toBe(dayAgo(4));
    await cases.given(...many(5, { answered: '2026-03-09' }, 40));
    await daysLater(2);
    expect(await publishedOn()).toBe(dayAgo(0));
    expect(await publishedOn('from: "2026-02-01", to: "2026-03-31"')).toBe(dayAgo(0));
  });

  it('is none of figures of the moment, nor of months that are not published', async () => {
    await cases.given(...many(20, { answered: '2026-03-09' }));
    cases.waitForJob(false);
    expect(await publishedOn()).toBeNull();
    cases.waitForJob(true);
    expect(await publishedOn()).toBe(dayAgo(0));
    expect(await publishedOn(undefined, people.auditor)).toBeNull();
    expect(await publishedOn('from: "2026-04-01", to: "2026-04-30"')).toBeNull();
  });
});

describe('the job that publishes', () => {
  const awaited = async (period = 'from: "2026-02-01", to: "2026-03-31"') =>
    (
      await cases.ask<Record<string, { awaitedMonths: string[] }>>(
        `{ caseStatistics(${period}) { awaitedMonths total { received } } departmentRanking(${period}) { awaitedMonths departments { rank } } }`,
      )
    ).data;
  beforeEach(() => cases.waitForJob(false));
  afterEach(() => cases.waitForJob(true));

  it('is waited for: until then a reader sees which months are not published yet, and no figure', async () => {
    await cases.given(
      ...many(20, { answered: '2026-03-09' }),
      ...many(9, { received: '2026-02-02', answered: '2026-02-09' }),
    );
    const [none, some] = [{ total: null }, { departments: [] }];
    const both = { awaitedMonths: ['2026-02', '2026-03'] };
    expect(await awaited()).toEqual({ caseStatistics: { ...both, ...none }, departmentRanking: { ...both, ...some } });
    expect(await cases.connection.collection('published_months').countDocuments()).toBe(0);
    // Nothing is written of a month that is not over, and none twice on a day.
    expect(await cases.publish()).toEqual(['2026-03', '2026-02']);
    expect(await cases.publish()).toEqual([]);
    expect(await awaited()).toMatchObject({
      caseStatistics: { awaitedMonths: [], total: { received: 29 } },
      departmentRanking: { awaitedMonths: [] },
    });
    await nextDay();
    expect((await cases.publish()).length).toBe(2);
  });

  it('goes on with the other months where one cannot be published, and tells of it', async () => {
    await cases.given(
      ...many(20, { answered: '2026-03-09' }),
      ...many(9, { received: '2026-02-02', answered: '2026-02-09' }),
    );
    const stores = {
      ...cases.stores,
      statistics: {
        ...cases.stores.statistics,
        rows: async (period: { readonly from: string }) =>
          period.from === '2026-03-01'
            ? Promise.reject(new Error('damaged'))
            : cases.stores.statistics.rows(period as Parameters<typeof cases.stores.statistics.rows>[0]),
      },
    };
    const clock = { now: () => new Date(`${TODAY}T04:00:00Z`) };
    expect(await publishMonths({ stores, clock })).toEqual({ decided: ['2026-02'], failed: ['2026-03'] });
    expect(await awaited()).toMatchObject({ caseStatistics: { awaitedMonths: ['2026-03'], total: null } });
    expect(await awaited('from: "2026-02-01", to: "2026-02-28"')).toMatchObject({
      caseStatistics: { awaitedMonths: [], total: { received: 9 } },
    });
  });

  it('lets others come between while it works out what is told', async () => {
    // Two hundred enterprises with keys of their own: some tenths of a second.
    await cases.given(
      ...many(200, { answered: '2026-03-09' }).map((history, at) =>
        history.map((event) =>
          event.change.type === 'SUBMITTED'
            ? {
                ...event,
                change: {
                  ...event.change,
                  intake: { ...event.change.intake, industry: 'ABCDEFGHIJKLMNOPQRST'[at % 20] ?? null },
                },
              }
            : event,
        ),
      ),
    );
    let [turns, isPublishing] = [0, true];
    const others = (async () => {
      for (; isPublishing; turns += 1) await setImmediate();
    })();
    await cases.publish();
    isPublishing = false;
    await others;
    const steps = tablesInSteps(
      await cases.stores.statistics.rows({ from: '2026-03-01', to: '2026-03-31', knownOn: '2026-03-31', today: TODAY }),
    );
    let count = 0;
    while (steps.next().done !== true) count += 1;
    expect(turns).toBeGreaterThan(10);
    expect(count).toBeGreaterThan(50);
  });
});
