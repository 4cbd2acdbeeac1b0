import { nationalCalendar } from '@zhitong/kit';
import { addDays, monthsWithin } from '@zhitong/values';
import { factsOf, figuresOf } from '../../../../subgraphs/cases/src/domain/figures/case-facts.js';
import { naiveFigures } from '../../support/naive-figures.js';
import { DEPARTMENTS, FIRST, LAST, simulatedCity } from '../../support/simulated-city.js';

const calendar = nationalCalendar();

it('the figures of every month of two years are those that a second, naive program counts, and do not change later', () => {
  const histories = simulatedCity();
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
