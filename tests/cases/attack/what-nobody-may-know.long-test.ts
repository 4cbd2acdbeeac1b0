import type { Actor } from '@zhitong/kit';
import { startReceiver, type Receiver } from '../../kit/outbox/support/receiver.js';
import type { CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';
import { GROUPINGS } from '../../../subgraphs/cases/src/domain/figures/kept-figures.js';
import {
  accepted,
  aHistory,
  anIntake,
  assigned,
  contacted,
  rated,
  resolvedWith,
  USCC,
  type Happening,
} from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { mutate } from '../support/mutations.js';

/*
 * Two cities that differ in one thing that a reader may not know. Everything that he can ask must have the same answer
 * in both: a field, a list, a count, a version, a refusal or an event that differs would tell him which one is his.
 */
const OTHER = '91420000MA4L0LNU0X';
const THIRD = '91421200000000001X';
const TODAY = '2026-03-16';
let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url, TODAY)));
afterAll(async () => cases.close());

const READERS: readonly (readonly [string, Actor | null])[] = [
  ['nobody', null],
  ['another enterprise', { ...people.stranger, uscc: THIRD }],
  ['an officer of the department', people.officer('JRB')],
  ['an officer of another department', people.officer('RSJ')],
  ['an officer with a purpose', { ...people.officer('RSJ'), purpose: '走访企业' }],
  ['a bank', people.officer('RMYH')],
  ['the auditor', people.auditor],
  ['the administrator', people.admin],
];

const answeredBy = (lead: string): Happening[] => [
  ['2026-03-03', assigned({ lead })],
  ['2026-03-03', accepted],
  ['2026-03-04', contacted],
  ['2026-03-06', resolvedWith()],
  ['2026-03-07', rated(2, 2)],
];
/** How long each enterprise waited for the same matter, longer than was promised. */
const told = (uscc: string) => ({
  serviceItem: { id: 'ZZ-SPJY', promisedHalfDays: 5 },
  actualTime: { halfDays: uscc === OTHER ? 11 : 7, askedOn: null, hadOn: null },
});
/** A project of each enterprise, and a meeting at which each one was. */
const led = (uscc: string) => ({ project: `P-${uscc}`, raisedAt: `meeting of ${uscc}` });
const of = (uscc: string, anonymous = false) => ({
  ...led(uscc),
  ...told(uscc),
  complainant: { ...anIntake().complainant, uscc, anonymous, contactName: null, contactPhone: null },
});

const FIGURES =
  'received resolved closed escalated enterprisesHelped onTime { numerator denominator } resolution { numerator denominator } satisfaction { numerator denominator }';
const CASE =
  'caseNumber version status title text updatedAt dueOn legalMoves isAnonymous enterprise { uscc } project { id } history { seq at type party reason } referrals { id } duplicateHints { similarity } complainant { name contactName }';
const QUESTIONS: readonly string[] = [
  ...GROUPINGS.map(
    (by) =>
      `{ caseStatistics(from: "2026-03-06", to: "2026-03-06", groupBy: ${by}) { total { ${FIGURES} } groups { key figures { ${FIGURES} } } } }`,
  ),
  `{ caseStatistics(from: "2026-03-01", to: "2026-03-31") { total { ${FIGURES} } } }`,
  '{ departmentRanking(from: "2026-03-01", to: "2026-03-31") { departments { department { code } rank score holdsFlag } } }',
  `{ cases(first: 50) { totalCount nodes { ${CASE} } } }`,
  ...[USCC, OTHER].flatMap((uscc) => [
    `{ cases(first: 50, filter: { project: "P-${uscc}" }) { totalCount nodes { caseNumber } } }`,
    `{ cases(first: 50, filter: { project: "P-${uscc}", counted: { figure: RESOLVED, from: "2026-03-01", to: "2026-03-31" } }) { totalCount countedTimes } }`,
    `{ cases(first: 50, filter: { raisedAt: "meeting of ${uscc}" }) { totalCount nodes { caseNumber raisedAt { id } } } }`,
    `{ _entities(representations: [{ __typename: "Enterprise", uscc: "${uscc}" }]) { ... on Enterprise { cases(filter: { project: "P-${uscc}" }) { totalCount nodes { caseNumber } } } } }`,
    `{ cases(first: 50, filter: { uscc: "${uscc}", handler: "JRB" }) { totalCount nodes { caseNumber } } }`,
    `{ _entities(representations: [{ __typename: "Enterprise", uscc: "${uscc}" }]) { ... on Enterprise { cases { totalCount nodes { caseNumber } } } } }`,
  ]),
  '{ cases(filter: { counted: { figure: RESOLVED, from: "2026-03-01", to: "2026-03-31" } }) { totalCount } }',
  ...['1', '2', '3'].map((n) => `{ case(caseNumber: "SQ2026-00000${n}") { ${CASE} } }`),
  '{ commonIssues(from: "2026-03-01", to: "2026-03-31") { count enterprises } }',
  '{ _entities(representations: [{ __typename: "Department", code: "JRB" }]) { ... on Department { caseload { open overdue } scorecard(from: "2026-03-01", to: "2026-03-31") { score rank holdsFlag assigned resolved isDoubleDrop } } } }',
  `{ _entities(representations: [{ __typename: "Enterprise", uscc: "${USCC}" }]) { ... on Enterprise { caseNotices { totalCount nodes { id reason createdAt } } } } }`,
  '{ cases(filter: { updatedFrom: "2026-03-10T00:00:00Z" }) { totalCount nodes { caseNumber } } }',
  '{ cases(filter: { words: "续贷", updatedTo: "2026-03-10T00:00:00Z" }) { totalCount nodes { caseNumber } } }',
  ...['2026-03-02', '2026-03-31'].flatMap((to) => [
    `{ _entities(representations: [{ __typename: "ServiceItem", id: "ZZ-SPJY" }]) { ... on ServiceItem { promiseRecord(from: "2026-03-02", to: "${to}") { cases promiseBroken { numerator denominator } medianActualDays longestActualDays } } } }`,
    `{ brokenPromises(from: "2026-03-02", to: "${to}") { rank serviceItem { id } record { cases medianActualDays longestActualDays } } }`,
  ]),
  '{ cases(filter: { serviceItem: "ZZ-SPJY" }) { totalCount nodes { caseNumber serviceItem { id } promisedDays actualTime { days askedOn hadOn } isPromiseBroken } } }',
  '{ typicalCases { title text } }',
  '{ meetings { title agenda { caseNumber } decisions { number } } }',
];

/** Everything that a reader is told, question by question. */
async function asked(actor: Actor | null): Promise<Record<string, unknown>> {
  const told: Record<string, unknown> = {};
  for (const question of QUESTIONS) told[question] = await cases.ask(question, {}, actor);
  return told;
}

/** What every reader is told of a city. */
async function world(
  histories: readonly CaseEvent[][],
  readers: typeof READERS,
  then: () => Promise<unknown> = async () => Promise.resolve(),
): Promise<Map<string, Record<string, unknown>>> {
  await cases.empty();
  await cases.given(...histories);
  await then();
  const told = new Map<string, Record<string, unknown>>();
  for (const [who, actor] of readers) told.set(who, await asked(actor));
  return told;
}

describe('who brought a case', () => {
  /** A named case of one enterprise, and two more, of the same or of another one. */
  const city = (second: { uscc: string; anonymous: boolean; lead: string; open?: boolean }) => {
    const more = of(second.uscc, second.anonymous);
    const happened = (lead: string): Happening[] =>
      second.open === true ? answeredBy(lead).slice(0, 2) : answeredBy(lead);
    return [
      aHistory('2026-03-02', happened('JRB'), of(USCC), 'SQ2026-000001'),
      aHistory('2026-03-02', happened(second.lead), more, 'SQ2026-000002'),
      aHistory('2026-03-02', happened(second.lead), more, 'SQ2026-000003'),
      // Of two more enterprises, with the same words: three or more together have a common issue.
      aHistory('2026-03-02', happened('JRB'), of('914212000000000236'), 'SQ2026-000004'),
      aHistory('2026-03-02', happened('JRB'), of('914212000000000244'), 'SQ2026-000005'),
    ];
  };

  it('anonymously is learnt by nobody but the coordinator', async () => {
    const count = async () => cases.stores.figures.count();
    for (const [open, then] of [[false], [true], [false, count]] as const) {
      const [same, others] = [
        await world(city({ uscc: USCC, anonymous: true, lead: 'JRB', open }), READERS, then),
        await world(city({ uscc: OTHER, anonymous: true, lead: 'JRB', open }), READERS, then),
      ];
      for (const [who] of READERS) expect([who, others.get(who)]).toEqual([who, same.get(who)]);
    }
  });

  it('to another department is learnt by no officer without a purpose, and by nobody who reads no cases', async () => {
    const readers = READERS.filter(([who]) => who !== 'the auditor' && who !== 'an officer with a purpose').filter(
      ([who]) => who !== 'an officer of another department',
    );
    const [same, others] = [
      await world(city({ uscc: USCC, anonymous: false, lead: 'RSJ' }), readers),
      await world(city({ uscc: OTHER, anonymous: false, lead: 'RSJ' }), readers),
    ];
    for (const [who] of readers) expect([who, others.get(who)]).toEqual([who, same.get(who)]);
  });

  it('is what these questions ask: the coordinator is told something else', async () => {
    const readers = [['the coordinator', people.coordinator]] as const;
    const same = await world(city({ uscc: USCC, anonymous: true, lead: 'JRB' }), readers);
    const others = await world(city({ uscc: OTHER, anonymous: true, lead: 'JRB' }), readers);
    expect(others).not.toEqual(same);
  });
});

describe('a secret referral', () => {
  let receiver: Receiver;
  beforeAll(async () => void (receiver = await startReceiver()));
  afterAll(async () => receiver.close());

  it('and its outcome change nothing that a department, an enterprise or the public can see or is sent', async () => {
    const readers = READERS.filter(([who]) => who !== 'the auditor').concat([['the enterprise', people.owner]]);
    const histories = Array.from({ length: 6 }, (_none, at) =>
      aHistory(
        '2026-03-02',
        answeredBy('JRB'),
        of(at === 0 ? USCC : `9142120000000000${at}0`),
        `SQ2026-00000${at + 1}`,
      ),
    );
    const moves = async (isReferred: boolean): Promise<unknown[]> => {
      receiver.requests.entries.splice(0);
      await cases.outbox.registerWebhook({
        id: 'department',
        url: receiver.url,
        eventTypes: ['cn.zhitong.case', 'cn.zhitong.case-notice'],
      });
      const dispatcher = cases.outbox.dispatcher();
      const at = (expectedVersion: number) => ({ caseNumber: 'SQ2026-000001', expectedVersion });
      const extra = isReferred ? 1 : 0;
      await mutate(cases, 'closeCase', { ...at(6), reason: '办结归档' }, people.coordinator);
      if (isReferred) {
        const reason = { department: 'JRB', reason: '推诿拖延', evidence: ['https://files.example.cn/1.pdf'] };
        const referred = await mutate(
          cases,
          'referCase',
          { ...at(7), ...reason },
          people.coordinator,
          'referrals { id }',
        );
        expect(referred.outcome?.refusal).toBeNull();
        // Another one, to which nothing else happens.
        const quiet = { caseNumber: 'SQ2026-000002', expectedVersion: 6, ...reason };
        expect((await mutate(cases, 'referCase', quiet, people.coordinator)).outcome?.refusal).toBeNull();
        await dispatcher.runOnce();
      }
      const reopened = await mutate(
        cases,
        'reopenCase',
        { ...at(7), reason: '问题再次出现，请再办理' },
        { ...people.owner },
      );
      // By the number that the department sees, which a referral does not move.
      const contact = await mutate(cases, 'recordCaseContact', { ...at(8), note: '已联系企业' }, people.officer('JRB'));
      const stale = await mutate(cases, 'recordCaseStep', { ...at(2), note: '已上门' }, people.officer('JRB'));
      await mutate(
        cases,
        'superviseCase',
        { ...at(9 + extra), instruction: '限期办结', dueOn: '2026-03-20' },
        people.coordinator,
      );
      await dispatcher.runOnce();
      await dispatcher.stop();
      const sent = receiver.requests.entries.map(({ event: { id: _id, ...event } }) => event);
      return [reopened, contact, stale, sent];
    };
    let plain: unknown[] = [];
    let referred: unknown[] = [];
    const without = await world(histories, readers, async () => void (plain = await moves(false)));
    const withOne = await world(histories, readers, async () => void (referred = await moves(true)));
    expect(referred).toEqual(plain);
    expect(JSON.stringify(plain[3])).toContain('cn.zhitong.case.supervised');
    for (const [who] of readers) expect([who, withOne.get(who)]).toEqual([who, without.get(who)]);
  });
});
