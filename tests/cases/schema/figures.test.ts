import { readFileSync } from 'node:fs';

import { COUNTS, RATES } from '../../../subgraphs/cases/src/domain/figures/statistics.js';
import { accepted, aHistory, assigned, contacted, rated, resolvedWith, type Happening } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

const TODAY = '2026-04-20';
const usccs = Array.from({ length: 12 }, (_, i) => `9142120000000000${String(i).padStart(2, '0')}`);
const by = (index: number) => ({
  complainant: {
    uscc: usccs[index] ?? '',
    name: null,
    homeRegion: null,
    anonymous: false,
    contactName: null,
    contactPhone: null,
  },
});

let next = 0;
const number = (): string => `SQ2026-${String((next += 1)).padStart(6, '0')}`;
const answered = (
  lead: string,
  days: { assigned: string; contact: string; answer: string; rating?: readonly [string, number, number] },
): Happening[] => [
  [days.assigned, assigned({ lead })],
  [days.assigned, accepted],
  [days.contact, contacted],
  [days.answer, resolvedWith()],
  ...(days.rating ? [[days.rating[0], rated(days.rating[1], days.rating[2])] as const] : []),
];

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, TODAY);
  const march = { assigned: '2026-03-03', contact: '2026-03-04' };
  await cases.given(
    // JXJ: six answered in March, five in time, four rated: process 4 of 4, result 3 of 4.
    ...[0, 1, 2].map((i) =>
      aHistory(
        '2026-03-02',
        answered('JXJ', { ...march, answer: '2026-03-09', rating: ['2026-03-11', 5, 5] }),
        { ...by(i), category: 'FINANCE', keywords: ['续贷', '银行'] },
        number(),
      ),
    ),
    aHistory(
      '2026-03-02',
      answered('JXJ', { ...march, answer: '2026-03-10', rating: ['2026-03-12', 3, 2] }),
      { ...by(3), category: 'FINANCE' },
      number(),
    ),
    aHistory(
      '2026-03-02',
      answered('JXJ', { ...march, answer: '2026-03-10' }),
      { ...by(4), category: 'FINANCE' },
      number(),
    ),
    aHistory(
      '2026-03-02',
      answered('JXJ', { ...march, contact: '2026-03-09', answer: '2026-03-11' }),
      { ...by(5), category: 'FINANCE' },
      number(),
    ),
    // RSJ: five answered, all in time, none rated; one still open and overdue since 25 March.
    ...[6, 7, 8, 9, 10].map((i) =>
      aHistory(
        '2026-03-02',
        answered('RSJ', { ...march, answer: '2026-03-06' }),
        { ...by(i), category: 'LABOUR' },
        number(),
      ),
    ),
    aHistory(
      '2026-03-16',
      [
        ['2026-03-17', assigned({ lead: 'RSJ' })],
        ['2026-03-18', accepted],
        ['2026-03-18', contacted],
      ],
      { ...by(6), category: 'LABOUR' },
      number(),
    ),
    // GAJ: a single one.
    aHistory(
      '2026-03-02',
      answered('GAJ', { ...march, answer: '2026-03-05' }),
      { ...by(11), category: 'LOGISTICS' },
      number(),
    ),
    // February, for the comparison: JXJ's ratings were better.
    aHistory(
      '2026-02-02',
      answered('JXJ', {
        assigned: '2026-02-03',
        contact: '2026-02-04',
        answer: '2026-02-09',
        rating: ['2026-02-10', 5, 5],
      }),
      { ...by(0), category: 'FINANCE' },
      number(),
    ),
    // Now open, for the common issues.
    ...[0, 1, 2, 3].map((i) =>
      aHistory('2026-04-15', [], { ...by(i), category: 'FINANCE', keywords: ['担保费', '担保', `词${i}`] }, number()),
    ),
  );
});
afterAll(async () => cases.close());

const SCORECARD = `query ($r: [_Any!]!, $from: Date!, $to: Date!) { _entities(representations: $r) { ... on Department { scorecard(from: $from, to: $to) {
  assigned resolved onTimeRate onTime { numerator denominator rate } overdue response { numerator denominator } processSatisfaction resultSatisfaction processRating { numerator denominator } score rank rankedDepartments holdsFlag isDoubleDrop
  before { from to assigned resultSatisfaction } } } } }`;
const scorecard = async (code: string, actor: Parameters<CasesUnderTest['ask']>[2] = people.coordinator) =>
  cases.ask<{ _entities: { scorecard: Record<string, unknown> | null }[] }>(
    SCORECARD,
    { r: [{ __typename: 'Department', code }], from: '2026-03-01', to: '2026-03-31' },
    actor,
  );

describe("a department's scorecard", () => {
  it('holds the figures that a person counts', async () => {
    const { data, errors } = await scorecard('JXJ');
    expect(errors).toBeUndefined();
    expect(data?._entities[0]?.scorecard).toEqual({
      assigned: 6,
      resolved: 6,
      overdue: 0,
      onTimeRate: '0.8333',
      onTime: { numerator: 5, denominator: 6, rate: '0.8333' },
      response: { numerator: 5, denominator: 6 },
      processSatisfaction: '1.0000',
      processRating: { numerator: 4, denominator: 4 },
      resultSatisfaction: '0.7500',
      // 20 x 5/6 + 30 x 5/6 + 20 x 1 + 30 x 3/4 = 84.17
      score: '84.17',
      rank: 2,
      rankedDepartments: 2,
      holdsFlag: false,
      isDoubleDrop: false,
      before: { from: '2026-02-01', to: '2026-02-28', assigned: 1, resultSatisfaction: '1.0000' },
    });
  });

  it('leaves out what nobody has rated, and gives the flag to the first', async () => {
    // On time 5 of 6 (one overdue), response 6 of 6: (20 x 1 + 30 x 5/6) / 50 = 90.00
    expect((await scorecard('RSJ')).data?._entities[0]?.scorecard).toMatchObject({
      score: '90.00',
      rank: 1,
      holdsFlag: true,
      processSatisfaction: null,
      overdue: 1,
    });
  });

  it('does not rank a department with too few cases, nor one without any', async () => {
    expect((await scorecard('GAJ')).data?._entities[0]?.scorecard).toMatchObject({
      rank: null,
      assigned: 1,
      onTimeRate: '1.0000',
    });
    expect((await scorecard('XFZD')).data?._entities[0]?.scorecard).toMatchObject({
      rank: null,
      assigned: 0,
      onTimeRate: null,
      score: null,
    });
  });

  it('of forty departments costs as many commands as one', async () => {
    const r = Array.from({ length: 40 }, (_, i) => ({ __typename: 'Department', code: i === 0 ? 'JXJ' : `D${i}` }));
    const query =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Department { scorecard(from: "2026-03-01", to: "2026-03-31") { assigned rank } caseload { open } } } }';
    const { result, commands } = await cases.counted(async () => cases.ask(query, { r }, people.coordinator));
    expect(result.errors).toBeUndefined();
    // Kept rows and what is not counted yet are read in one snapshot, the caseloads beside it.
    expect(commands).toEqual(['find', 'aggregate', 'aggregate', 'aggregate', 'aggregate', 'commitTransaction']);
  });

  it.each([
    ['nobody', null, 'UNAUTHENTICATED'],
    ['an enterprise', people.owner, 'FORBIDDEN'],
  ])('is not for %s', async (_who, actor, code) => {
    expect((await scorecard('JXJ', actor)).errors?.[0]).toMatchObject({ extensions: { code } });
  });

  it.each([
    ['2026-03-31', '2026-03-01'],
    ['2000-01-01', '2026-01-01'],
  ])('refuses the period from %s to %s', async (from, to) => {
    const { errors } = await cases.ask(
      SCORECARD,
      { r: [{ __typename: 'Department', code: 'JXJ' }], from, to },
      people.coordinator,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['to'] });
  });
});

describe("a department's caseload", () => {
  it('counts what lies with it now', async () => {
    const { data } = await cases.ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Department { caseload { open overdue waiting notAccepted escalated } } } }',
      {
        r: [
          { __typename: 'Department', code: 'RSJ' },
          { __typename: 'Department', code: 'XFZD' },
        ],
      },
      people.coordinator,
    );
    expect(data).toEqual({
      _entities: [
        { caseload: { open: 1, overdue: 1, waiting: 0, notAccepted: 0, escalated: 0 } },
        { caseload: { open: 0, overdue: 0, waiting: 0, notAccepted: 0, escalated: 0 } },
      ],
    });
  });
});

describe('caseStatistics', () => {
  const QUERY = `query ($from: Date!, $to: Date!, $groupBy: CaseGrouping) { caseStatistics(from: $from, to: $to, groupBy: $groupBy) { from to
    total { received resolved enterprisesHelped onTime { numerator denominator rate } satisfaction { rate } } groups { key department { code } figures { received } } } }`;
  const statistics = async (
    groupBy: string | null,
    actor: Parameters<CasesUnderTest['ask']>[2],
    from = '2026-03-01',
    to = '2026-03-31',
  ) =>
    (
      await cases.ask<{
        caseStatistics: {
          from: string;
          to: string;
          total: Record<string, unknown> | null;
          groups: { key: string; department: unknown; figures: { received: number } | null }[];
        };
      }>(QUERY, { groupBy, from, to }, actor)
    ).data?.caseStatistics;

  it('are public, with numerator and denominator', async () => {
    expect(await statistics(null, null)).toMatchObject({
      total: {
        received: 13,
        resolved: 12,
        enterprisesHelped: 12,
        onTime: { numerator: 11, denominator: 13, rate: '0.8462' },
        // Four enterprises rated.
        satisfaction: null,
      },
      groups: [],
    });
  });

  it('withhold without login what would stand for fewer than five enterprises, and one more that would give it away', async () => {
    const groups = (await statistics('CATEGORY', null))?.groups;
    expect(groups?.map(({ key, figures }) => [key, figures?.received ?? null])).toEqual([
      ['FINANCE', 6],
      ['LABOUR', null],
      ['LOGISTICS', null],
    ]);
  });

  it('show officials everything', async () => {
    const groups = (await statistics('DEPARTMENT', people.officer('RSJ')))?.groups;
    expect(groups?.map(({ key, department, figures }) => [key, department, figures?.received])).toEqual([
      ['GAJ', { code: 'GAJ' }, 1],
      ['JXJ', { code: 'JXJ' }, 6],
      ['RSJ', { code: 'RSJ' }, 6],
    ]);
  });

  it('count whole months without login, so that nobody subtracts one period from another', async () => {
    expect(await statistics(null, null, '2026-03-04', '2026-03-20')).toMatchObject({
      from: '2026-03-01',
      to: '2026-03-31',
      total: { received: 13 },
    });
    expect(await statistics(null, people.coordinator, '2026-03-04', '2026-03-20')).toMatchObject({
      from: '2026-03-04',
      to: '2026-03-20',
      total: { received: 1 },
    });
  });

  it('withhold in a longer period what is withheld in one of its months, so that nobody subtracts March from it', async () => {
    expect((await statistics(null, null, '2026-02-01', '2026-03-31'))?.total).toBeNull();
    expect((await statistics(null, people.officer('RSJ'), '2026-02-01', '2026-03-31'))?.total).not.toBeNull();
  });

  it('withhold a total that stands for one enterprise, and are zero where there is nothing', async () => {
    expect((await statistics(null, null, '2026-02-01', '2026-02-28'))?.total).toBeNull();
    expect((await statistics(null, null, '2020-02-01', '2020-02-28'))?.total).toMatchObject({
      received: 0,
      onTime: { numerator: 0, denominator: 0, rate: null },
    });
  });
});

describe('commonIssues', () => {
  const QUERY =
    '{ commonIssues(from: "2026-04-01", to: "2026-04-20") { category words count enterprises countBefore growth regions { key count } industries { key count } examples { caseNumber } } }';

  it('names what several enterprises ask for in the same words', async () => {
    const { data, errors } = await cases.ask<{ commonIssues: { examples: unknown[] }[] }>(
      QUERY,
      {},
      people.coordinator,
    );
    expect(errors).toBeUndefined();
    expect(data?.commonIssues).toMatchObject([
      {
        category: 'FINANCE',
        words: ['担保', '担保费'].sort(),
        count: 4,
        enterprises: 4,
        countBefore: 0,
        growth: 4,
        regions: [{ key: '421202', count: 4 }],
        industries: [{ key: 'C', count: 4 }],
      },
    ]);
    expect(data?.commonIssues[0]?.examples).toHaveLength(3);
  });

  it.each([
    ['nobody', null],
    ['an officer', people.officer('JXJ')],
    ['an enterprise', people.owner],
  ])('is not for %s', async (_who, actor) => {
    expect((await cases.ask(QUERY, {}, actor)).data).toEqual({ commonIssues: null });
  });
});

describe('the descriptions of the figures', () => {
  it('are the formulas of the definitions, each wherever it is shown', () => {
    const sdl = readFileSync('subgraphs/cases/schema.graphql', 'utf8');
    for (const [name, { formula }] of [...Object.entries(COUNTS), ...Object.entries(RATES)])
      expect(sdl).toContain(`"${name}: ${formula}."`);
  });
});
