import { createHash } from 'node:crypto';
import { addDays, type LegalDay } from '@zhitong/values';
import type { CaseChange, CaseEvent } from '../../../../subgraphs/cases/src/domain/case-event.js';
import { GROUPINGS } from '../../../../subgraphs/cases/src/domain/figures/kept-figures.js';
import {
  accepted,
  aHistory,
  anIntake,
  assigned,
  contacted,
  rated,
  resolvedWith,
  returned,
} from '../../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../../support/cases-under-test.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-06-20');
  await cases.given(...Array.from({ length: 60 }, (_none, index) => aLife(index)));
});
afterAll(async () => cases.close());

function aLife(index: number): CaseEvent[] {
  let turn = 0;
  const pick = (below: number): number =>
    createHash('sha256')
      .update(`list ${index}#${(turn += 1)}`)
      .digest()
      .readUInt32BE() % below;
  let day: LegalDay = addDays('2026-03-02', pick(70));
  const received = day;
  const happened: [LegalDay, CaseChange][] = [];
  const on = (latest: number, change: CaseChange): void =>
    void happened.push([(day = addDays(day, pick(latest + 1))), change]);
  if (pick(8) > 0) {
    on(4, assigned({ lead: ['JXJ', 'RSJ'][pick(2)] ?? 'JXJ' }));
    if (pick(4) === 0) {
      on(6, returned);
      on(2, assigned({ lead: 'JRB' }));
    }
    on(1, accepted);
    on(4, contacted);
    for (let round = 0; round < 2; round += 1) {
      on(14, resolvedWith());
      on(3, rated(1 + pick(5), 1 + pick(5)));
      if (pick(2) === 0) break;
      on(20, { type: 'REOPENED', reason: '问题再次出现', answerDays: 15 });
    }
  }
  const intake = {
    complainant: { ...anIntake().complainant, uscc: `9142120000000000${10 + pick(12)}` },
    region: ['421202', '421221'][pick(2)] ?? '421202',
    industry: [null, 'C'][pick(2)] ?? null,
    category: (['FINANCE', 'LABOUR'] as const)[pick(2)] ?? 'FINANCE',
    ...(pick(3) === 0
      ? {
          serviceItem: { id: `item-${pick(2)}`, promisedHalfDays: 10 },
          actualTime: { halfDays: 4 + 2 * pick(6), askedOn: null, hadOn: null },
        }
      : {}),
  };
  return aHistory(received, happened, intake, `SQ2026-${String(index + 1).padStart(6, '0')}`);
}

const COUNTS = ['received', 'assigned', 'resolved', 'answeredDirectly', 'overdue', 'escalated', 'closed'];
const RATES = [
  ...['response', 'onTime', 'resolution', 'processSatisfaction', 'resultSatisfaction', 'satisfaction'],
  'promiseBroken',
];
/** Figures that count a case once at most: their list has as many cases. */
const ONCE = ['received', 'answeredDirectly', 'overdue', 'escalated'];
const RATES_ONCE = ['resolution', 'promiseBroken'];
const PERIOD = 'from: "2026-03-01", to: "2026-05-15", knownOn: "2026-06-01"';
type Shown = Record<string, number | { numerator: number; denominator: number }>;
const nameOf = (figure: string): string => figure.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

it.each(GROUPINGS)('each figure of each group by %s is that of the list behind it', async (grouping) => {
  const figures = `${COUNTS.join(' ')} ${RATES.map((rate) => `${rate} { numerator denominator }`).join(' ')}`;
  const statistics = await cases.ask<{ caseStatistics: { groups: { key: string; figures: Shown }[] } }>(
    `{ caseStatistics(${PERIOD}, groupBy: ${grouping}) { groups { key figures { ${figures} } } } }`,
    {},
    people.coordinator,
  );
  const groups = statistics.data?.caseStatistics.groups ?? [];
  expect(groups.length).toBeGreaterThan(0);
  let total = 0;
  for (const { key, figures: shown } of groups) total += await compared(shown, `groupBy: ${grouping}, key: "${key}",`);
  // A case that names no matter is of no group of them.
  expect(total).toBeGreaterThan(grouping === 'SERVICE_ITEM' ? 5 : 40);
});

/** Compares each figure that is shown with the list behind it; answers how many answers were counted. */
async function compared(shown: Shown, group: string): Promise<number> {
  const list = (alias: string, figure: string, met: string): string =>
    `${alias}: cases(filter: { counted: { figure: ${nameOf(figure)}, ${met} ${group} ${PERIOD} } }) { countedTimes totalCount }`;
  const names = Object.keys(shown);
  const { data, errors } = await cases.ask<Record<string, { countedTimes: number; totalCount: number }>>(
    `{ ${[
      ...COUNTS.filter((name) => names.includes(name)).map((name) => list(name, name, '')),
      ...RATES.filter((name) => names.includes(name)).flatMap((name) => [
        list(`${name}_numerator`, name, 'met: true,'),
        list(`${name}_denominator`, name, ''),
      ]),
    ].join(' ')} }`,
    {},
    people.coordinator,
  );
  expect(errors).toBeUndefined();
  const expected = Object.fromEntries(
    Object.entries(shown).flatMap(([name, value]) =>
      typeof value === 'number'
        ? [[name, value]]
        : [
            [`${name}_numerator`, value.numerator],
            [`${name}_denominator`, value.denominator],
          ],
    ),
  ) as Record<string, number>;
  const lists = Object.entries(data ?? {});
  expect({ group, ...Object.fromEntries(lists.map(([alias, each]) => [alias, each.countedTimes])) }).toEqual({
    group,
    ...expected,
  });
  for (const [alias, { totalCount }] of lists)
    if (ONCE.includes(alias) || RATES_ONCE.some((name) => alias.startsWith(name)))
      expect([group, alias, totalCount]).toEqual([group, alias, expected[alias]]);
  return expected['resolved'] ?? 0;
}

it('so is each of the city as a whole', async () => {
  const figures = `${COUNTS.join(' ')} ${RATES.map((rate) => `${rate} { numerator denominator }`).join(' ')}`;
  const { data } = await cases.ask<{ caseStatistics: { total: Shown } }>(
    `{ caseStatistics(${PERIOD}) { total { ${figures} } } }`,
    {},
    people.coordinator,
  );
  if (!data) throw new Error('no answer');
  expect(await compared(data.caseStatistics.total, '')).toBeGreaterThan(40);
  expect((data.caseStatistics.total['promiseBroken'] as { denominator: number }).denominator).toBeGreaterThan(5);
});

it.each(['JXJ', 'RSJ', 'JRB'])('so is each of a department’s scorecard: %s', async (code) => {
  const { data, errors } = await cases.ask<{ _entities: [{ scorecard: Shown }] }>(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Department { scorecard(${PERIOD}) {
      assigned resolved overdue response { numerator denominator } onTime { numerator denominator }
      resolution { numerator denominator } processSatisfaction: processRating { numerator denominator }
      resultSatisfaction: resultRating { numerator denominator } } } } }`,
    { r: [{ __typename: 'Department', code }] },
    people.coordinator,
  );
  expect(errors).toBeUndefined();
  const shown = data?._entities[0].scorecard;
  if (shown === undefined) throw new Error('no answer');
  expect(await compared(shown, `department: "${code}",`)).toBe(shown['resolved']);
});

it.each([
  ['groupBy: REGION,', 'key'],
  ['key: "421202",', 'groupBy'],
  ['department: "JXJ", groupBy: DEPARTMENT, key: "RSJ",', 'department'],
])('a group that is half said, or said twice, is refused: %s', async (group, argument) => {
  const { errors } = await cases.ask(
    `{ cases(filter: { counted: { figure: RECEIVED, ${group} ${PERIOD} } }) { countedTimes } }`,
    {},
    people.coordinator,
  );
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    argumentPath: ['filter', 'counted', argument],
  });
});

it('a list that is asked for by no figure counts none', async () => {
  const { data } = await cases.ask('{ cases(first: 1) { countedTimes } }', {}, people.coordinator);
  expect(data).toEqual({ cases: { countedTimes: null } });
});
