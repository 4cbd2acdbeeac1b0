import { officerOf, programmeYear, type ProgrammeYear } from '../../support/programme-year.js';

/**
 * Xianning monitors the labour of 365 firms with 50 and more staff (用工监测). The figure is played as it was published,
 * among firms that are too small to be meant; staff and posts are made so that they can be added up by hand.
 */
const MONITORED = 365;
const SMALL = 10;
let year: ProgrammeYear;
let firms: readonly string[];
beforeAll(async () => {
  year = await programmeYear(import.meta.url, '2026-03-02', 480);
  firms = year.alive.slice(0, MONITORED + SMALL).map(({ uscc }) => uscc);
  const report = async (at: number, month: string, employees: number, shortage: number) =>
    year.press(
      'recordLabourReport',
      'enterprise { uscc }',
      { uscc: firms[at], month, employees, shortage },
      officerOf('RSJ'),
    );
  // January: 50, 51, ... 414 staff; every fifth firm misses three. Ten more have 49 staff and miss seven each.
  for (let at = 0; at < MONITORED; at += 1) await report(at, '2026-01', 50 + at, at % 5 === 0 ? 3 : 0);
  for (let at = 0; at < SMALL; at += 1) await report(MONITORED + at, '2026-01', 49, 7);
  // The last one had misread its list and reports once more: 400 staff in place of 414, and one post.
  await report(MONITORED - 1, '2026-01', 400, 1);
  // February so far: the first has fallen below 50, the second has grown.
  await report(0, '2026-02', 48, 12);
  await report(1, '2026-02', 80, 6);
});
afterAll(async () => year.close());

const FIGURES = 'month enterprises employees shortage short { numerator denominator rate }';
const months = async (leastEmployees?: number): Promise<unknown> =>
  (
    await year.read<{ labourMonths: unknown }>(
      `query ($least: Int! = 50) { labourMonths(from: "2026-01", to: "2026-02", leastEmployees: $least) { ${FIGURES} } }`,
      leastEmployees === undefined ? {} : { least: leastEmployees },
    )
  ).labourMonths;

it('monitors 365 firms with 50 and more staff, whoever is smaller left out', async () => {
  expect(firms).toHaveLength(375);
  // 50 + 51 + ... + 414 = 365 * (50 + 414) / 2 = 84,680, less the 14 that were misread; 73 firms (the 1st, the
  // 6th, ... the 361st) miss 3, and the last one, which missed nobody before, 1: 219 + 1.
  expect(await months()).toEqual([
    {
      ...{ month: '2026-01', enterprises: 365, employees: 84_666, shortage: 220 },
      short: { numerator: 74, denominator: 365, rate: '0.2027' },
    },
    {
      ...{ month: '2026-02', enterprises: 1, employees: 80, shortage: 6 },
      short: { numerator: 1, denominator: 1, rate: '1.0000' },
    },
  ]);
  // With the small ones: 84,666 + 10 * 49 and 220 + 10 * 7.
  expect(await months(1)).toMatchObject([
    { enterprises: 375, employees: 85_156, shortage: 290, short: { numerator: 84, denominator: 375 } },
    { enterprises: 2, employees: 128, shortage: 18 },
  ]);
});

it('keeps each firm’s own series', async () => {
  const [first] = firms;
  expect(
    await year.read('query ($uscc: ID!) { enterprise(uscc: $uscc) { labourReports { month employees shortage } } }', {
      uscc: first,
    }),
  ).toEqual({
    enterprise: {
      labourReports: [
        { month: '2026-02', employees: 48, shortage: 12 },
        { month: '2026-01', employees: 50, shortage: 3 },
      ],
    },
  });
});
