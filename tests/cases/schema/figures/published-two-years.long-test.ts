import { addDays, monthsWithin } from '@zhitong/values';
import { casesUnderTest, type CasesUnderTest } from '../../support/cases-under-test.js';
import { naiveFigures } from '../../support/naive-figures.js';
import { DEPARTMENTS, FIRST, LAST, simulatedCity } from '../../support/simulated-city.js';

let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url, FIRST)));
afterAll(async () => cases.close());

type Ratio = { numerator: number; denominator: number } | null;
interface Shown {
  readonly received: number | null;
  readonly assigned: number | null;
  readonly resolved: number | null;
  readonly closed: number | null;
  readonly overdue: number | null;
  readonly escalated: number | null;
  readonly response: Ratio;
  readonly onTime: Ratio;
  readonly resolution: Ratio;
  readonly satisfaction: Ratio;
}
const lastOf = (month: string): string => addDays(`${addDays(`${month}-01`, 31).slice(0, 8)}01`, -1);

/** What everybody is told of a month, by department. */
async function published(month: string): Promise<Map<string, Shown | null>> {
  const ratio = '{ numerator denominator }';
  const { data, errors } = await cases.ask<{ caseStatistics: { groups: { key: string; figures: Shown | null }[] } }>(
    `query ($from: Date!, $to: Date!) { caseStatistics(from: $from, to: $to, groupBy: DEPARTMENT) { groups { key figures {
       received assigned resolved closed overdue escalated response ${ratio} onTime ${ratio} resolution ${ratio} satisfaction ${ratio} } } } }`,
    { from: `${month}-01`, to: lastOf(month) },
  );
  expect(errors).toBeUndefined();
  return new Map(data?.caseStatistics.groups.map(({ key, figures }) => [key, figures]));
}

it('what is published of two years is what a second, naive program counts of the events, and stays as it was', async () => {
  const histories = simulatedCity();
  const told = new Map<string, Map<string, Shown | null>>();
  let figures = 0;
  for (const month of monthsWithin({ from: FIRST, to: LAST })) {
    const [begin, end] = [`${month}-01T00:00:00.000Z`, `${addDays(lastOf(month), 1)}T00:00:00.000Z`];
    // The month happens; on the first day of the next one somebody looks.
    await cases.given(
      ...histories
        .filter((history) => history.some(({ at }) => at >= begin && at < end))
        .map((history) => history.filter(({ at }) => at < end)),
    );
    cases.at(addDays(lastOf(month), 1));
    await cases.stores.figures.count();
    const shown = await published(month);
    told.set(month, shown);
    for (const department of DEPARTMENTS) {
      const naive = naiveFigures(histories, {
        from: `${month}-01`,
        to: lastOf(month),
        department,
        holidays: cases.calendar.daysOff,
        makeUp: cases.calendar.workingWeekends,
      });
      const expected: Shown = {
        received: naive.received,
        assigned: naive.assigned,
        resolved: naive.resolved,
        closed: naive.closed,
        overdue: naive.overdue,
        escalated: naive.escalated,
        response: { numerator: naive.contactedInTime, denominator: naive.contactedInTime + naive.contactMissed },
        onTime: { numerator: naive.answeredInTime, denominator: naive.answeredInTime + naive.missed },
        resolution: { numerator: naive.standing, denominator: naive.notWithdrawn },
        satisfaction: { numerator: naive.satisfied, denominator: naive.rated },
      };
      const own = Object.entries(shown.get(department) ?? {}).filter(([, value]) => value !== null);
      figures += own.length;
      expect({ month, department, ...Object.fromEntries(own) }).toEqual({
        month,
        department,
        ...Object.fromEntries(own.map(([name]) => [name, expected[name as keyof Shown]])),
      });
    }
  }
  // After two years, of which a night has passed for the database, which judges it by its own clock.
  await cases.connection
    .collection('published_months')
    .updateMany({}, [{ $set: { decidedAt: { $subtract: ['$decidedAt', 86_400_000] } } }]);
  for (const [month, shown] of told) expect([month, await published(month)]).toEqual([month, shown]);
  expect(figures).toBeGreaterThan(120);
});
