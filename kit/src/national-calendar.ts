import { createRequire } from 'node:module';

import { z } from 'zod';

import { withOverrides, type CalendarOverrides, type WorkingCalendar } from '@zhitong/values';

const published = z.object({ holidays: z.record(z.string(), z.string()), workdays: z.record(z.string(), z.string()) });

/**
 * The working calendar of the mainland from the npm package `chinese-days`, which copies the State Council's yearly
 * notices. A year is known when its National Day holiday is in the data; the package itself returns "working day" for
 * unknown years without any error, so the years are cut here.
 */
export function nationalCalendar(overrides: CalendarOverrides = { daysOff: [], workingDays: [] }): WorkingCalendar {
  const data = published.parse(createRequire(import.meta.url)('chinese-days/dist/chinese-days.json'));
  const years = Object.keys(data.holidays)
    .filter((day) => day.endsWith('-10-01'))
    .map((day) => Number(day.slice(0, 4)))
    .sort((a, b) => a - b);
  const first = years.at(0);
  if (first === undefined)
    throw new Error('the calendar data of chinese-days holds no year with a National Day holiday');
  const lastWithoutGap = years.reduce((last, year) => (year === last + 1 ? year : last), first);
  const national: WorkingCalendar = {
    knownFrom: `${first}-01-01`,
    knownThrough: `${lastWithoutGap}-12-31`,
    daysOff: new Set(Object.keys(data.holidays)),
    workingWeekends: new Set(Object.keys(data.workdays)),
  };
  return withOverrides(national, overrides);
}
