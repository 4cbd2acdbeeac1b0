import { createHash } from 'node:crypto';
import { addDays, type LegalDay } from '@zhitong/values';
import type { CaseChange, CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';
import { factsOf, isCounted } from '../../../subgraphs/cases/src/domain/figures/case-facts.js';
import { GROUPINGS, groupOf } from '../../../subgraphs/cases/src/domain/figures/kept-figures.js';
import { storedCase } from '../../../subgraphs/cases/src/models/stored-case.js';
import { accepted, aHistory, anIntake, assigned, contacted, rated, resolvedWith } from '../support/a-case.js';
import { casesUnderTest, type CasesUnderTest } from '../support/cases-under-test.js';
import { derivable, type Sum } from '../support/subtraction-attack.js';

const TODAY = '2026-06-20';
const MONTHS = ['2026-03', '2026-04'];
const COUNTS = ['received', 'assigned', 'resolved', 'answeredDirectly', 'overdue', 'escalated', 'closed'] as const;
const RATES = [
  'response',
  'onTime',
  'resolution',
  'processSatisfaction',
  'resultSatisfaction',
  'satisfaction',
  'promiseBroken',
] as const;
const last = (month: string): LegalDay => addDays(`${month.slice(0, 5)}0${Number(month.slice(5)) + 1}-01`, -1);

let cases: CasesUnderTest;
let histories: CaseEvent[][];
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, TODAY);
  histories = Array.from({ length: 200 }, (_none, index) => aLife(index));
  await cases.given(...histories);
});
afterAll(async () => cases.close());

function numbers(seed: string): (below: number) => number {
  let turn = 0;
  return (below) => {
    turn += 1;
    return createHash('sha256').update(`${seed}#${turn}`).digest().readUInt32BE() % below;
  };
}

/** Everybody knows which department handles which category, so that tables are made of the same cells. */
const HANDLES = { FINANCE: 'JRB', LABOUR: 'RSJ', LAND_AND_CONSTRUCTION: 'ZRJ', MARKET_AND_SALES: 'JXJ' } as const;
/** A department's own matters, so that who has a matter is of its category; not everybody tells how long it took. */
function aMatter(category: string, pick: (below: number) => number) {
  const which = pick(5);
  if (which > 2) return {};
  const serviceItem = { id: `${category}-${Math.min(which, 1)}`, promisedHalfDays: 10 };
  return pick(3) === 0
    ? { serviceItem }
    : { serviceItem, actualTime: { halfDays: 4 + pick(12), askedOn: null, hadOn: null } };
}
function aLife(index: number): CaseEvent[] {
  const pick = numbers(`attack ${index}`);
  const category =
    (['FINANCE', 'FINANCE', 'FINANCE', 'LABOUR', 'LABOUR', 'LAND_AND_CONSTRUCTION', 'MARKET_AND_SALES'] as const)[
      pick(7)
    ] ?? 'FINANCE';
  let day: LegalDay = addDays('2026-03-01', pick(61));
  const received = day;
  const happened: [LegalDay, CaseChange][] = [];
  const on = (latest: number, change: CaseChange): void =>
    void happened.push([(day = addDays(day, pick(latest + 1))), change]);
  if (pick(12) === 0) {
    on(1, { type: 'ANSWERED_DIRECTLY', answer: '政策已说明' });
  } else {
    on(2, assigned({ lead: HANDLES[category] }));
    on(1, accepted);
    if (pick(30) === 0) on(3, { type: 'WITHDRAWN', reason: '已自行解决' });
    else {
      on(2, contacted);
      if (pick(15) === 0) on(1, { type: 'ESCALATED', level: 'COORDINATOR', reason: '需要协调' });
      if (pick(9) > 0) {
        on(7, resolvedWith());
        if (pick(2) === 0) on(3, rated(1 + pick(5), 2 + pick(4)));
        if (pick(6) === 0) on(5, { type: 'CLOSED', reason: '办结归档' });
      }
    }
  }
  const intake = {
    category,
    complainant: { ...anIntake().complainant, uscc: `914212000000000${String(pick(150)).padStart(3, '0')}` },
    region: ['421202', '421221', '421222'][pick(3)] ?? '421202',
    industry: [null, 'C', 'F', 'G'][pick(4)] ?? null,
    channel: (['PORTAL', 'HOTLINE_12345', 'HOTLINE_12345'] as const)[pick(3)] ?? 'PORTAL',
    ...aMatter(category, pick),
  };
  return aHistory(received, happened, intake, `SQ2026-${String(index + 1).padStart(6, '0')}`);
}

type Shown = Record<string, number | { numerator: number; denominator: number } | null>;
interface Table {
  readonly total: Shown | null;
  readonly groups: readonly { readonly key: string; readonly figures: Shown | null }[];
}
async function read(grouping: string, from: LegalDay, to: LegalDay): Promise<Table> {
  const figures = `${COUNTS.join(' ')} enterprisesHelped ${RATES.map((rate) => `${rate} { numerator denominator }`).join(' ')}`;
  const { data, errors } = await cases.ask<{ caseStatistics: Table }>(
    `query ($from: Date!, $to: Date!, $by: CaseGrouping) { caseStatistics(from: $from, to: $to, groupBy: $by) {
       total { ${figures} } groups { key figures { ${figures} } } } }`,
    { from, to, by: grouping },
  );
  expect(errors).toBeUndefined();
  if (!data) throw new Error('no answer');
  return data.caseStatistics;
}

/** Everything that a reader can know of figures, by name: which cases it counts, and of which it is a part. */
type Fact = ReturnType<typeof factsOf>[number];
interface Amount {
  readonly figures: readonly string[];
  readonly isIn: (facts: readonly Fact[]) => boolean;
  readonly isOfWhole: (facts: readonly Fact[]) => boolean;
}
const has = (facts: readonly Fact[], figure: string, met?: boolean): boolean =>
  facts.some((fact) => fact.figure === figure && (met === undefined || fact.met === met));
const partOf = (whole: string, part: string, met?: boolean): Amount => ({
  figures: [whole, part],
  isIn: (facts) => has(facts, whole) && !has(facts, part, met),
  isOfWhole: (facts) => has(facts, whole),
});
const AMOUNTS: Readonly<Record<string, Amount>> = {
  ...Object.fromEntries(
    COUNTS.map((name): [string, Amount] => {
      const isIn = (facts: readonly Fact[]): boolean => has(facts, name);
      return [name, { figures: [name], isIn, isOfWhole: isIn }];
    }),
  ),
  ...Object.fromEntries(
    RATES.flatMap((name) =>
      [true, false].map((met): [string, Amount] => [
        `${name} ${met}`,
        { figures: [name], isIn: (facts) => has(facts, name, met), isOfWhole: (facts) => has(facts, name) },
      ]),
    ),
  ),
  'received and withdrawn': partOf('received', 'resolution'),
  'received and not escalated': partOf('received', 'escalated'),
  'received and no time told': partOf('received', 'promiseBroken'),
  'answered by departments': partOf('resolved', 'answeredDirectly'),
  'answered late': partOf('resolved', 'onTime', true),
};

/** What the city knows: each case's facts of a month as known on its last day, with its keys. */
function truthOf(month: string) {
  const period = { from: `${month}-01`, to: last(month), knownOn: last(month), today: TODAY };
  return histories.flatMap((history) => {
    const stored = storedCase(history, cases.calendar);
    const of = { ...stored, isAnonymous: false };
    const byKeys = new Map<string, { keys: string[]; facts: Fact[]; enterprise: string }>();
    for (const fact of factsOf(history, cases.calendar).filter((one) => isCounted(one, period))) {
      const keys = GROUPINGS.map((grouping) => groupOf(grouping, fact, of));
      const own = byKeys.get(keys.join()) ?? { keys, facts: [], enterprise: stored.complainantKey };
      own.facts.push(fact);
      byKeys.set(keys.join(), own);
    }
    return [...byKeys.values()];
  });
}

const isTold = (shown: Shown | null, { figures }: Amount): boolean =>
  shown !== null && figures.every((figure) => shown[figure] !== null && shown[figure] !== undefined);
const isFew = (size: number): boolean => size > 0 && size < 5;

describe.each(MONTHS)('the public tables of %s', (month) => {
  const told = new Map<string, Table>();
  beforeAll(async () => {
    for (const grouping of GROUPINGS) told.set(grouping, await read(grouping, `${month}-01`, last(month)));
  });

  it('show no amount that stands for one to four enterprises, and say the rest as it is', () => {
    const truth = truthOf(month);
    let shownCells = 0;
    for (const [at, grouping] of GROUPINGS.entries()) {
      for (const { key, figures } of told.get(grouping)?.groups ?? []) {
        for (const [name, amount] of Object.entries(AMOUNTS)) {
          const own = truth.filter(({ keys, facts }) => keys[at] === key && amount.isIn(facts));
          const where = { grouping, key, name };
          if (!isTold(figures, amount)) continue;
          shownCells += 1;
          expect({ ...where, few: isFew(new Set(own.map(({ enterprise }) => enterprise)).size) }).toEqual({
            ...where,
            few: false,
          });
          if (COUNTS.some((count) => count === name))
            expect({ ...where, amount: figures?.[name] }).toEqual({ ...where, amount: own.length });
        }
      }
    }
    expect(shownCells).toBeGreaterThan(60);
  });

  it('give no such amount away by subtraction, of groups of one grouping or of several', () => {
    const truth = truthOf(month);
    for (const [name, amount] of Object.entries(AMOUNTS)) {
      // Cases with the same keys are one unknown number; where a part of a whole is none is not known beforehand.
      const own = truth.filter(({ facts }) => amount.isOfWhole(facts));
      const unknowns = [...new Set(own.map(({ keys }) => keys.join()))];
      const sum = (text: string, isIn: (keys: string[]) => boolean): Sum => ({
        name: text,
        over: new Set(own.filter(({ keys }) => isIn(keys)).map(({ keys }) => unknowns.indexOf(keys.join()))),
      });
      const shown: Sum[] = [];
      const secret: Sum[] = [];
      for (const [at, grouping] of GROUPINGS.entries()) {
        const { total = null, groups = [] } = told.get(grouping) ?? {};
        if (isTold(total, amount)) shown.push(sum('total', () => true));
        for (const { key, figures } of groups) {
          const cell = sum(`${grouping} ${key}`, (keys) => keys[at] === key);
          if (isTold(figures, amount)) shown.push(cell);
          const members = own.filter(({ keys, facts }) => keys[at] === key && amount.isIn(facts));
          // A group of everybody is no group.
          const isGroup = cell.over.size < unknowns.length;
          if (isGroup && isFew(new Set(members.map(({ enterprise }) => enterprise)).size)) secret.push(cell);
        }
      }
      expect({ name, found: derivable(secret, shown, unknowns.length) }).toEqual({ name, found: [] });
    }
  });
});

it('a longer period less the months that are told gives no month that is not', async () => {
  const whole = await read('CATEGORY', '2026-03-01', '2026-04-30');
  let told = 0;
  for (const { key, figures } of whole.groups) {
    const months = await Promise.all(
      MONTHS.map(async (month) =>
        (await read('CATEGORY', `${month}-01`, last(month))).groups.find((group) => group.key === key),
      ),
    );
    for (const name of [...COUNTS, ...RATES]) {
      if (figures === null || figures[name] === null) continue;
      told += 1;
      expect([
        key,
        name,
        months.map((month) => month !== undefined && (month.figures?.[name] ?? null) === null),
      ]).toEqual([key, name, MONTHS.map(() => false)]);
    }
  }
  expect(told).toBeGreaterThan(0);
});

it('the public ranking gives no rate away that the table withholds: who has one has neither score nor place', async () => {
  let places = 0;
  for (const month of MONTHS) {
    const { groups } = await read('DEPARTMENT', `${month}-01`, last(month));
    const { data } = await cases.ask<{
      departmentRanking: { departments: { department: { code: string }; score: string | null; rank: number | null }[] };
    }>(
      'query ($from: Date!, $to: Date!) { departmentRanking(from: $from, to: $to) { departments { department { code } score rank } } }',
      { from: `${month}-01`, to: last(month) },
    );
    for (const { department, score, rank } of data?.departmentRanking.departments ?? []) {
      const shown = groups.find(({ key }) => key === department.code)?.figures ?? null;
      const isWhole = ['response', 'onTime', 'processSatisfaction', 'resultSatisfaction'].every(
        (name) => shown?.[name],
      );
      if (!isWhole) expect({ month, department, score, rank }).toEqual({ month, department, score: null, rank: null });
      places += 1;
    }
  }
  expect(places).toBeGreaterThan(0);
});
