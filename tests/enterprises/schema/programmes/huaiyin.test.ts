import { createHash } from 'node:crypto';
import { officerOf, programmeYear, type ProgrammeYear } from '../../support/programme-year.js';

/**
 * Huaiyin's appraisal by the enterprise library, two rounds of one year. It publishes that satisfaction with process
 * and with result are measured apart, that a double drop is analysed, and that a flag goes to the best; no exact
 * number, so the numbers are small enough to be counted: ten enterprises of the library grade two departments.
 */
let year: ProgrammeYear;
beforeAll(async () => {
  year = await programmeYear(import.meta.url, '2026-03-02');
});
afterAll(async () => year.close());

const SEED = '二〇二六年槐荫区企业库评议所用的种子';
const seedHash = createHash('sha256').update(SEED).digest('hex');
type Grade = readonly [department: string, process: number, result: number];

/** Plays a round: what the n-th of ten enterprises says; grades of 3 and more are satisfied. */
async function round(
  [committed, opens, closes, published]: readonly [string, string, string, string],
  grades: (at: number) => readonly Grade[],
): Promise<string> {
  year.on(committed);
  const { appraisal } = await year.press<{ appraisal: { id: string } }>('planAppraisal', 'appraisal { id }', {
    ...{ title: '行风政风评议', departments: ['RSJ', 'SCJGJ'], strata: [{ scale: 'MICRO', size: 10 }], seedHash },
    ...{ opensOn: opens, closesOn: closes },
  });
  year.on(opens);
  await year.press('drawAppraisal', 'appraisal { id }', { appraisal: appraisal.id, seed: SEED });
  const sample = await year.database.connection
    .collection<{ uscc: string }>('appraisal_sample')
    .find({ appraisal: appraisal.id })
    .toArray();
  expect(sample).toHaveLength(10);
  for (const [at, { uscc }] of sample.entries()) {
    const given = grades(at).map(([department, process, result]) => ({ department, process, result }));
    const actor = { sub: 'contact', roles: ['ENTERPRISE' as const], uscc };
    await year.press('answerAppraisal', 'appraisal { id }', { appraisal: appraisal.id, grades: given }, actor);
  }
  year.on(published);
  await year.press('publishAppraisal', 'appraisal { id }', { appraisal: appraisal.id });
  return appraisal.id;
}

const results = async (id: string) =>
  (
    await year.read<{ appraisal: object }>(
      'query ($id: ID!) { appraisal(id: $id) { answered { numerator denominator } results { department { code } process { numerator denominator } result { numerator denominator } rank isDoubleDrop holdsFlag } measures { department { code } causes dueOn } } }',
      { id },
      null,
    )
  ).appraisal;

it('measures process and result apart, sees the double drop, has it explained, and moves the flag', async () => {
  // Spring. RSJ: process 9 of 10, result 8 of 10. SCJGJ: process 7, result 6.
  const spring = await round(['2026-04-01', '2026-04-02', '2026-04-10', '2026-04-13'], (at) => [
    ['RSJ', at < 9 ? 5 : 1, at < 8 ? 4 : 2],
    ['SCJGJ', at < 7 ? 4 : 2, at < 6 ? 4 : 2],
  ]);
  expect(await results(spring)).toMatchObject({
    answered: { numerator: 10, denominator: 10 },
    results: [
      {
        ...{ department: { code: 'RSJ' }, rank: 1, isDoubleDrop: null, holdsFlag: true },
        ...{ process: { numerator: 9, denominator: 10 }, result: { numerator: 8, denominator: 10 } },
      },
      {
        ...{ department: { code: 'SCJGJ' }, rank: 2, isDoubleDrop: null, holdsFlag: false },
        ...{ process: { numerator: 7, denominator: 10 }, result: { numerator: 6, denominator: 10 } },
      },
    ],
  });
  // Autumn. RSJ falls in both, 9 to 6 and 8 to 5; SCJGJ rises in both, 7 to 9 and 6 to 9: the flag moves.
  const autumn = await round(['2026-10-08', '2026-10-09', '2026-10-20', '2026-10-21'], (at) => [
    ['RSJ', at < 6 ? 5 : 1, at < 5 ? 4 : 2],
    ['SCJGJ', at < 9 ? 4 : 2, at < 9 ? 4 : 2],
  ]);
  expect(await results(autumn)).toMatchObject({
    results: [
      {
        ...{ department: { code: 'RSJ' }, rank: 2, isDoubleDrop: true, holdsFlag: false },
        ...{ process: { numerator: 6, denominator: 10 }, result: { numerator: 5, denominator: 10 } },
      },
      {
        ...{ department: { code: 'SCJGJ' }, rank: 1, isDoubleDrop: false, holdsFlag: true },
        ...{ process: { numerator: 9, denominator: 10 }, result: { numerator: 9, denominator: 10 } },
      },
    ],
  });
  year.on('2026-10-22');
  await year.press(
    'stateAppraisalMeasures',
    'appraisal { id }',
    { appraisal: autumn, causes: '窗口轮岗，业务不熟', measures: '集中培训，一窗通办', dueOn: '2026-12-31' },
    officerOf('RSJ'),
  );
  expect(await results(autumn)).toMatchObject({
    measures: [{ department: { code: 'RSJ' }, causes: '窗口轮岗，业务不熟', dueOn: '2026-12-31' }],
  });
  // What was published in spring stays as it was.
  expect(await results(spring)).toMatchObject({ results: [{ rank: 1, holdsFlag: true }, { rank: 2 }] });
});
