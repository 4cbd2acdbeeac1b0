import { nationalCalendar } from '@zhitong/kit';
import { addDays, monthsWithin, type LegalDay } from '@zhitong/values';
import { createHash } from 'node:crypto';
import type { CaseChange, CaseEvent } from '../../../../subgraphs/cases/src/domain/case-event.js';
import { factsOf, figuresOf } from '../../../../subgraphs/cases/src/domain/figures/case-facts.js';
import {
  accepted,
  aHistory,
  assigned,
  contacted,
  rated,
  resolvedWith,
  returned,
  type Happening,
} from '../../support/a-case.js';
import { naiveFigures } from '../../support/naive-figures.js';

const FIRST = '2024-07-01';
const LAST = '2026-06-30';
const DEPARTMENTS = ['JXJ', 'RSJ'];
const calendar = nationalCalendar();

/** Whole numbers below a bound, the same for the same seed. */
function numbers(seed: string): (below: number) => number {
  let turn = 0;
  return (below) => {
    turn += 1;
    return createHash('sha256').update(`${seed}#${turn}`).digest().readUInt32BE() % below;
  };
}

/** A case with a life of its own: returned, paused, answered late, rated, reopened, closed, withdrawn or left alone. */
function aLife(index: number): CaseEvent[] {
  const pick = numbers(`case ${index}`);
  let day: LegalDay = addDays(FIRST, pick(730));
  const received = day;
  const happened: Happening[] = [];
  const on = (latest: number, change: CaseChange): void => {
    day = addDays(day, pick(latest + 1));
    happened.push([day, change]);
  };
  const lead = (): string => DEPARTMENTS[pick(2)] ?? 'JXJ';
  if (pick(20) === 0) return aHistory(received, [], {}, `SQ-${index}`);
  on(4, assigned({ lead: lead() }));
  if (pick(4) === 0) {
    on(12, returned);
    on(4, assigned({ lead: lead() }));
  }
  on(2, accepted);
  if (pick(10) === 0) {
    on(15, { type: 'WITHDRAWN', reason: '已自行解决' });
    return aHistory(received, happened, {}, `SQ-${index}`);
  }
  if (pick(2) === 0) on(4, contacted);
  if (pick(3) === 0) {
    on(9, { type: 'PAUSED', question: '请补充合同' });
    if (pick(5) > 0) on(20, { type: 'SUPPLEMENTED', text: '合同已补充', attachments: [] });
  }
  for (let round = 0; round < 3; round += 1) {
    const isWaiting = happened.at(-1)?.[1].type === 'PAUSED';
    if (isWaiting || pick(8) === 0) break;
    on(14, resolvedWith());
    if (pick(2) === 0) on(6, rated(1 + pick(5), 1 + pick(5)));
    if (pick(3) > 0) {
      if (pick(2) === 0) on(10, { type: 'CLOSED', reason: '办结归档' });
      break;
    }
    on(60, { type: 'REOPENED', reason: '问题再次出现', answerDays: 15 });
  }
  return aHistory(received, happened, {}, `SQ-${index}`);
}

it('the figures of every month of two years are those that a second, naive program counts, and do not change later', () => {
  const histories = Array.from({ length: 800 }, (_none, index) => aLife(index));
  const facts = histories.map((history) => factsOf(history, calendar)).flat();
  const total = { missed: 0, rated: 0, resolved: 0 };
  for (const month of monthsWithin({ from: FIRST, to: LAST })) {
    const from = `${month}-01`;
    const to = addDays(addDays(from, 31).slice(0, 8) + '01', -1);
    // Published on the first day after the month, from what had happened by then, and asked for again after two years.
    const asPublished = histories
      .map((history) => history.filter(({ at }) => at < `${addDays(to, 1)}T00:00:00.000Z`))
      .filter((history) => history.length > 0)
      .flatMap((history) => factsOf(history, calendar));
    for (const department of DEPARTMENTS) {
      const naive = naiveFigures(histories, {
        from,
        to,
        department,
        holidays: calendar.daysOff,
        makeUp: calendar.workingWeekends,
      });
      const expected = {
        counts: { received: naive.received, assigned: naive.assigned, resolved: naive.resolved, closed: naive.closed },
        rates: {
          onTime: { numerator: naive.answeredInTime, denominator: naive.answeredInTime + naive.missed },
          resolution: { numerator: naive.standing, denominator: naive.notWithdrawn },
          satisfaction: { numerator: naive.satisfied, denominator: naive.rated },
        },
      };
      const own = (all: typeof facts) => all.filter((fact) => fact.department === department);
      const published = figuresOf(own(asPublished), { from, to, knownOn: to, today: addDays(to, 1) });
      expect({ month, department, ...published }).toMatchObject({ month, department, ...expected });
      expect(figuresOf(own(facts), { from, to, knownOn: to, today: '2026-11-28' })).toEqual(published);
      total.missed += naive.missed;
      total.rated += naive.rated;
      total.resolved += naive.resolved;
    }
  }
  // The simulation has what it is about.
  expect(total.missed).toBeGreaterThan(100);
  expect(total.rated).toBeGreaterThan(100);
  expect(total.resolved).toBeGreaterThan(400);
});
