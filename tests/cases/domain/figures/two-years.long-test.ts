import { nationalCalendar } from '@zhitong/kit';
import { addDays, monthsWithin } from '@zhitong/values';
import { factsOf, figuresOf } from '../../../../subgraphs/cases/src/domain/figures/case-facts.js';
import { naiveFigures } from '../../support/naive-figures.js';
import { CATEGORIES, DEPARTMENTS, FIRST, LAST, simulatedCity } from '../../support/simulated-city.js';

const calendar = nationalCalendar();

it('the figures of every month of two years are those that a second, naive program counts, and do not change later', () => {
  const histories = simulatedCity();
  const facts = histories.map((history) => factsOf(history, calendar)).flat();
  const total = { missed: 0, rated: 0, resolved: 0, overdue: 0, escalated: 0, contactMissed: 0 };
  for (const month of monthsWithin({ from: FIRST, to: LAST })) {
    const from = `${month}-01`;
    const to = addDays(addDays(from, 31).slice(0, 8) + '01', -1);
    // Published on the first day after the month, from what had happened by then, and asked for again after two years.
    const asPublished = histories
      .map((history) => history.filter(({ at }) => at < `${addDays(to, 1)}T00:00:00.000Z`))
      .filter((history) => history.length > 0)
      .flatMap((history) => factsOf(history, calendar));
    for (const whose of [
      ...DEPARTMENTS.map((department) => ({ department })),
      ...CATEGORIES.map((category) => ({ category })),
    ]) {
      const naive = naiveFigures(histories, {
        from,
        to,
        ...whose,
        holidays: calendar.daysOff,
        makeUp: calendar.workingWeekends,
      });
      const expected = {
        counts: {
          received: naive.received,
          assigned: naive.assigned,
          resolved: naive.resolved,
          closed: naive.closed,
          overdue: naive.overdue,
          escalated: naive.escalated,
        },
        rates: {
          response: {
            numerator: naive.contactedInTime,
            denominator: naive.contactedInTime + naive.contactMissed,
          },
          onTime: { numerator: naive.answeredInTime, denominator: naive.answeredInTime + naive.missed },
          resolution: { numerator: naive.standing, denominator: naive.notWithdrawn },
          satisfaction: { numerator: naive.satisfied, denominator: naive.rated },
        },
      };
      const own = (all: typeof facts) =>
        all.filter((fact) =>
          'department' in whose ? fact.department === whose.department : fact.category === whose.category,
        );
      const published = figuresOf(own(asPublished), { from, to, knownOn: to, today: addDays(to, 1) });
      expect({ month, ...whose, ...published }).toMatchObject({ month, ...whose, ...expected });
      expect(figuresOf(own(facts), { from, to, knownOn: to, today: '2026-11-28' })).toEqual(published);
      total.missed += naive.missed;
      total.overdue += naive.overdue;
      total.escalated += naive.escalated;
      total.contactMissed += naive.contactMissed;
      total.rated += naive.rated;
      total.resolved += naive.resolved;
    }
  }
  // The simulation has what it is about: every move that a figure could take for something else.
  const played = new Set(histories.flatMap((history) => history.map(({ change }) => change.type)));
  expect(
    (
      [
        ...([
          'TRANSFERRED',
          'RULED',
          'RETURNED',
          'RECATEGORISED',
          'LANE_CHANGED',
          'CORRECTED',
          'DECLINED',
          'NOTED',
          'ESCALATED',
          'OVERDUE_ESCALATED',
        ] as const),
        ...(['SPLIT', 'MERGED', 'MERGE_UNDONE', 'CLOSE_UNDONE', 'CHECK_FOUND', 'EXTENSION_RULED', 'PAUSED'] as const),
      ] as const
    ).filter((move) => !played.has(move)),
  ).toEqual([]);
  expect(total.missed).toBeGreaterThan(100);
  expect(total.overdue).toBeGreaterThan(20);
  expect(total.escalated).toBeGreaterThan(50);
  expect(total.contactMissed).toBeGreaterThan(50);
  expect(total.rated).toBeGreaterThan(100);
  expect(total.resolved).toBeGreaterThan(400);
});
