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
  };
  return aHistory(received, happened, intake, `SQ2026-${String(index + 1).padStart(6, '0')}`);
}

const COUNTS = ['received', 'assigned', 'resolved', 'answeredDirectly', 'overdue', 'escalated', 'closed'];
const RATES = ['response', 'onTime', 'resolution', 'processSatisfaction', 'resultSatisfaction', 'satisfaction'];
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
  for (const { key, figures: shown } of groups) {
    const list = (alias: string, figure: string, met: string): string =>
      `${alias}: cases(filter: { counted: { figure: ${nameOf(figure)}, ${met} groupBy: ${grouping}, key: "${key}", ${PERIOD} } }) { countedTimes }`;
    const { data, errors } = await cases.ask<Record<string, { countedTimes: number }>>(
      `{ ${[
        ...COUNTS.map((name) => list(name, name, '')),
        ...RATES.flatMap((name) => [
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
    const listed = Object.fromEntries(Object.entries(data ?? {}).map(([alias, each]) => [alias, each.countedTimes]));
    expect({ key, ...listed }).toEqual({ key, ...expected });
    total += expected['resolved'] ?? 0;
  }
  expect(total).toBeGreaterThan(40);
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
