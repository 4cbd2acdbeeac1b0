import { createHash } from 'node:crypto';
import type { CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';
import { CATEGORIES, type Channel } from '../../../subgraphs/cases/src/domain/taxonomy.js';
import {
  accepted,
  aHistory,
  assigned,
  contacted,
  rated,
  resolvedWith,
  returned,
  type Happening,
} from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { mutate, run } from '../support/mutations.js';

/**
 * The figures that five published programmes report, asked of the graph. The cases are made so that a person can count
 * them; the programmes' own numbers are used wherever they were published.
 */
let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  cases.at('2026-04-20');
});
afterAll(async () => cases.close());

const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));
const number = (index: number): string => `SQ2026-${String(index + 1).padStart(6, '0')}`;
const enterprise = (index: number) => ({
  uscc: `91421200${String(index).padStart(10, '0')}`,
  name: null,
  homeRegion: null,
  anonymous: false,
  contactName: null,
  contactPhone: null,
});
const merchant = (index: number) => ({
  uscc: null,
  name: `东莞咸商${index}有限公司`,
  homeRegion: '441900',
  anonymous: false,
  contactName: null,
  contactPhone: null,
});
const handled = (lead: string, answeredOn: string, ...after: Happening[]): Happening[] => [
  ['2026-03-03', assigned({ lead })],
  ['2026-03-03', accepted],
  ['2026-03-04', contacted],
  [answeredOn, resolvedWith()],
  ...after,
];
const closed: Happening = ['2026-03-20', { type: 'CLOSED', reason: '办结' }];

const MARCH = '(from: "2026-03-01", to: "2026-03-31"';
const ask = async <Data>(
  query: string,
  actor: Parameters<CasesUnderTest['ask']>[2] = people.coordinator,
): Promise<Data | null | undefined> => {
  const { data, errors } = await cases.ask<Data>(query, {}, actor);
  expect(errors).toBeUndefined();
  return data;
};

describe('Loudi: 69 accepted, 60 local and 9 from elsewhere, all assigned, 39 closed', () => {
  // 39 closed and rated, 38 of them satisfied: the published 98.3 % cannot be right, and here anyone can tell.
  const intake = (i: number) => ({
    origin: i < 60 ? ('LOCAL' as const) : ('ELSEWHERE' as const),
    complainant: i < 60 ? enterprise(i) : merchant(i),
    channel: (['HOTLINE_12345', 'COMMERCE_FEDERATION_LINE', 'PORTAL'] as Channel[])[i % 3],
  });
  const histories = (): CaseEvent[][] =>
    times(69, (i) =>
      aHistory(
        '2026-03-02',
        i < 39
          ? handled('JXJ', '2026-03-09', ['2026-03-12', rated(i === 0 ? 2 : 5, 5)], closed)
          : [['2026-03-03', assigned({ lead: 'JXJ' })]],
        intake(i),
        number(i),
      ),
    );

  it('are the answers of the graph, with numerator and denominator', async () => {
    await cases.given(...histories());
    const data = await ask<
      Record<string, { total: unknown; groups: { key: string; figures: { received: number } }[] }>
    >(
      `{ all: caseStatistics${MARCH}) { total { received assigned closed satisfaction { numerator denominator rate } } groups { key figures { received } } }
         origin: caseStatistics${MARCH}, groupBy: ORIGIN) { total { received } groups { key figures { received } } }
         channel: caseStatistics${MARCH}, groupBy: CHANNEL) { total { received } groups { key figures { received } } } }`,
    );
    expect(data?.['all']?.total).toEqual({
      received: 69,
      assigned: 69,
      closed: 39,
      satisfaction: { numerator: 38, denominator: 39, rate: '0.9744' },
    });
    expect(data?.['origin']?.groups).toEqual([
      { key: 'ELSEWHERE', figures: { received: 9 } },
      { key: 'LOCAL', figures: { received: 60 } },
    ]);
    expect(data?.['channel']?.groups.map(({ figures }) => figures.received)).toEqual([23, 23, 23]);
  });
});

describe('Xianning: 344 problems solved for 261 enterprises in 8 meetings, 96 % satisfied, 10 % looked at again', () => {
  it('are the answers of the graph', async () => {
    // 261 enterprises, the first 83 of them with two problems; 330 of 344 rated as satisfied (95.93 %).
    await cases.given(
      ...times(344, (i) =>
        aHistory(
          '2026-03-02',
          handled(i % 2 === 0 ? 'JXJ' : 'RSJ', '2026-03-09', ['2026-03-12', rated(5, i < 14 ? 2 : 4)]),
          { complainant: enterprise(i % 261), category: CATEGORIES[i % 9] ?? 'FINANCE' },
          number(i),
        ),
      ),
    );
    for (let meeting = 1; meeting <= 8; meeting += 1) {
      const planned = await run<{ id: string }>(
        cases,
        ['planMeeting', 'PlanMeetingInput', 'meeting'],
        'id',
        { kind: 'QUARTERLY_SYMPOSIUM', date: '2026-04-20', title: `第${meeting}次企业座谈会` },
        people.coordinator,
      );
      await run(
        cases,
        ['holdMeeting', 'HoldMeetingInput', 'meeting'],
        'id',
        { meeting: planned.result?.id, expectedVersion: 1, chairedBy: '市长' },
        people.coordinator,
      );
    }
    const march = { from: '2026-03-01', to: '2026-03-31' };
    cases.at('2026-02-20');
    await run(
      cases,
      ['commitSpotCheckSeed', 'CommitSpotCheckSeedInput', 'commitment'],
      'seedHash',
      { ...march, seedHash: createHash('sha256').update('三月回头看').digest('hex') },
      people.coordinator,
    );
    cases.at('2026-04-20');
    const drawn = await run<{ populationSize: number; drawn: unknown[] }>(
      cases,
      ['drawSpotCheck', 'DrawSpotCheckInput', 'spotCheck'],
      'populationSize drawn { caseNumber }',
      { ...march, seed: '三月回头看' },
      people.coordinator,
    );
    expect([drawn.result?.populationSize, drawn.result?.drawn.length]).toEqual([344, 35]);
    const data = await ask<{
      caseStatistics: { total: unknown; groups: { key: string; figures: { resolved: number } }[] };
      meetings: { isHeld: boolean }[];
    }>(
      `{ caseStatistics${MARCH}, groupBy: CATEGORY) { total { resolved enterprisesHelped satisfaction { numerator denominator rate } } groups { key figures { resolved } } } meetings(kind: QUARTERLY_SYMPOSIUM, first: 100) { isHeld } }`,
    );
    expect(data?.caseStatistics.total).toEqual({
      resolved: 344,
      enterprisesHelped: 261,
      satisfaction: { numerator: 330, denominator: 344, rate: '0.9593' },
    });
    // 344 = 9 x 38 + 2: the first two categories have one more.
    expect(
      Object.fromEntries(data?.caseStatistics.groups.map(({ key, figures }) => [key, figures.resolved]) ?? []),
    ).toEqual(Object.fromEntries(CATEGORIES.map((category, i) => [category, i < 2 ? 39 : 38])));
    expect(data?.meetings.filter(({ isHeld }) => isHeld)).toHaveLength(8);
  });

  it('recorded and solved give a rate with both numbers', async () => {
    // The published 641 of 3,245 in small: 13 of 65, one in five.
    await cases.given(
      ...times(65, (i) =>
        aHistory('2026-03-02', i < 13 ? handled('JXJ', '2026-03-09') : [], { complainant: enterprise(i) }, number(i)),
      ),
    );
    const data = await ask<{ caseStatistics: { total: unknown } }>(
      `{ caseStatistics${MARCH}) { total { received resolved resolution { numerator denominator rate } } } }`,
    );
    expect(data?.caseStatistics.total).toEqual({
      received: 65,
      resolved: 13,
      resolution: { numerator: 13, denominator: 65, rate: '0.2000' },
    });
  });
});

describe('Project stewards: complaints have a deadline, and unhandled ones go to discipline inspection', () => {
  it('are found by channel and deadline, and referred with their outcome', async () => {
    await cases.given(
      aHistory(
        '2026-03-02',
        [['2026-03-03', assigned({ lead: 'ZGJ' })]],
        { channel: 'PROJECT_STEWARD', kind: 'COMPLAINT', complainant: enterprise(1) },
        number(0),
      ),
      aHistory(
        '2026-03-02',
        handled('ZGJ', '2026-03-09'),
        { channel: 'PROJECT_STEWARD', kind: 'COMPLAINT', complainant: enterprise(2) },
        number(1),
      ),
      aHistory('2026-03-02', [], { channel: 'PORTAL', complainant: enterprise(3) }, number(2)),
    );
    const overdue = await ask<{
      cases: {
        totalCount: number;
        nodes: { caseNumber: string; version: number; dueOn: string; workingDaysLeft: number }[];
      };
    }>(
      '{ cases(filter: { channel: [PROJECT_STEWARD], kind: [COMPLAINT], overdue: true }) { totalCount nodes { caseNumber version dueOn workingDaysLeft } } }',
    );
    // Assigned on Tuesday the 3rd: five working days end on the 10th. To 20 April 28 working days have passed
    // (Qingming, 4 to 6 April, is off).
    expect(overdue?.cases).toEqual({
      totalCount: 1,
      nodes: [{ caseNumber: number(0), version: 2, dueOn: '2026-03-10', workingDaysLeft: -28 }],
    });
    const referred = await mutate(
      cases,
      'referCase',
      {
        caseNumber: number(0),
        expectedVersion: 2,
        department: 'ZGJ',
        reason: '逾期未办',
        evidence: ['https://files.example.cn/1.pdf'],
      },
      people.auditor,
      'referrals { outcome }',
    );
    expect(referred.outcome?.case?.['referrals']).toEqual([{ outcome: null }]);
  });
});

describe('Rudong: contact and feedback within 5 working days, what cannot be settled is decided at least once a month', () => {
  it('are the on-time rate, the joint meeting and its decisions', async () => {
    // Ten answered: eight within five working days of 3 March (until the 10th), two later; one more waits for the
    // meeting.
    await cases.given(
      ...times(10, (i) =>
        aHistory(
          '2026-03-02',
          handled('GXQGWH', i < 8 ? '2026-03-10' : '2026-03-11'),
          { complainant: enterprise(i) },
          number(i),
        ),
      ),
      aHistory(
        '2026-04-16',
        [
          ['2026-04-17', assigned({ lead: 'GXQGWH' })],
          ['2026-04-17', { type: 'ESCALATED', level: 'JOINT_MEETING', reason: '涉及多个部门' }],
        ],
        { complainant: enterprise(20) },
        number(20),
      ),
    );
    const due = await ask<{ meetingsDue: { kind: string; isMissed: boolean }[]; caseStatistics: { total: unknown } }>(
      `{ meetingsDue { kind isMissed } caseStatistics${MARCH}) { total { onTime { numerator denominator rate } response { rate } } } }`,
    );
    expect(due?.caseStatistics.total).toEqual({
      onTime: { numerator: 8, denominator: 10, rate: '0.8000' },
      response: { rate: '1.0000' },
    });
    expect(due?.meetingsDue).toContainEqual({ kind: 'MONTHLY_JOINT_MEETING', isMissed: false });
    const { result } = await run<{ agenda: unknown[] }>(
      cases,
      ['planMeeting', 'PlanMeetingInput', 'meeting'],
      'agenda { caseNumber escalation }',
      { kind: 'MONTHLY_JOINT_MEETING', date: '2026-04-20', title: '四月联席会议' },
      people.coordinator,
    );
    expect(result?.agenda).toEqual([{ caseNumber: number(20), escalation: 'JOINT_MEETING' }]);
  });
});

describe('Huaiyin: process and result satisfaction apart, undercover checks, moving flag', () => {
  it('are the scorecards, the alarm of the double drop and the holder of the flag', async () => {
    const february = (lead: string, process: number, result: number, i: number) =>
      aHistory(
        '2026-02-02',
        [
          ['2026-02-03', assigned({ lead })],
          ['2026-02-03', accepted],
          ['2026-02-04', contacted],
          ['2026-02-06', resolvedWith()],
          ['2026-02-09', rated(process, result)],
        ],
        { complainant: enterprise(i) },
        number(100 + i),
      );
    await cases.given(
      // CZJ: 5 of 5 and 5 of 5 in February; 4 of 5 and 3 of 5 in March. RSJ: 3 of 5 and 3 of 5, then 5 of 5 and 5 of 5.
      ...times(5, (i) => february('CZJ', 5, 5, i)),
      ...times(5, (i) => february('RSJ', i < 3 ? 4 : 2, i < 3 ? 4 : 2, 10 + i)),
      ...times(5, (i) =>
        aHistory(
          '2026-03-02',
          handled('CZJ', '2026-03-09', ['2026-03-12', rated(i < 4 ? 4 : 1, i < 3 ? 4 : 2)]),
          { complainant: enterprise(i), channel: 'UNDERCOVER_CHECK' },
          number(i),
        ),
      ),
      ...times(5, (i) =>
        aHistory(
          '2026-03-02',
          handled('RSJ', '2026-03-09', ['2026-03-12', rated(5, 5)]),
          { complainant: enterprise(20 + i) },
          number(20 + i),
        ),
      ),
      aHistory(
        '2026-03-02',
        [
          ['2026-03-03', assigned({ lead: 'CZJ' })],
          ['2026-03-04', returned],
        ],
        { complainant: enterprise(30) },
        number(30),
      ),
    );
    const CARD =
      'processSatisfaction resultSatisfaction processRating { numerator denominator } resultRating { numerator denominator } isDoubleDrop rank holdsFlag before { processSatisfaction resultSatisfaction }';
    const { data } = await cases.ask<{ _entities: { scorecard: unknown }[] }>(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Department { scorecard(from: "2026-03-01", to: "2026-03-31") { ${CARD} } } } }`,
      { r: ['CZJ', 'RSJ'].map((code) => ({ __typename: 'Department', code })) },
      people.coordinator,
    );
    expect(data?._entities).toEqual([
      {
        scorecard: {
          processSatisfaction: '0.8000',
          resultSatisfaction: '0.6000',
          processRating: { numerator: 4, denominator: 5 },
          resultRating: { numerator: 3, denominator: 5 },
          isDoubleDrop: true,
          rank: 2,
          holdsFlag: false,
          before: { processSatisfaction: '1.0000', resultSatisfaction: '1.0000' },
        },
      },
      {
        scorecard: {
          processSatisfaction: '1.0000',
          resultSatisfaction: '1.0000',
          processRating: { numerator: 5, denominator: 5 },
          resultRating: { numerator: 5, denominator: 5 },
          isDoubleDrop: false,
          rank: 1,
          holdsFlag: true,
          before: { processSatisfaction: '0.6000', resultSatisfaction: '0.6000' },
        },
      },
    ]);
    const undercover = await ask<{ caseStatistics: { groups: unknown[] } }>(
      `{ caseStatistics${MARCH}, groupBy: CHANNEL) { groups { key figures { received } } } }`,
    );
    expect(undercover?.caseStatistics.groups).toEqual([
      { key: 'PORTAL', figures: { received: 6 } },
      { key: 'UNDERCOVER_CHECK', figures: { received: 5 } },
    ]);
  });
});
