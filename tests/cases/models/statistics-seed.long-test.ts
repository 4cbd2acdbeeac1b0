import { demoCity } from '@zhitong/demo';
import { demoCases } from '../../../subgraphs/cases/src/demo/demo-cases.js';
import type { CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';
import { answersOf, type AnswersOfDay } from '../../../subgraphs/cases/src/domain/figures/answers-of-day.js';
import { casesUnderTest } from '../support/cases-under-test.js';

const TODAY = '2026-10-20';
/** A module of the benchmark, which is JavaScript without types. */
const SEED: string = '../../../bench/workloads/statistics-seed.mjs';

interface Seed {
  histories(options: { originals: CaseEvent[][]; count: number; days: number; today: string }): Iterable<CaseEvent[]>;
  seedCases(options: { db: unknown; made: Iterable<CaseEvent[]>; calendar: unknown }): Promise<number>;
}

it('what the benchmark of figures writes is what the department keeps of the same histories', async () => {
  const seed = (await import(SEED)) as Seed;
  const seeded = await casesUnderTest(`${import.meta.url}#seeded`, TODAY);
  const counted = await casesUnderTest(`${import.meta.url}#counted`, TODAY);
  const originals = demoCases({
    city: demoCity({ referenceDate: TODAY, enterprises: 1_000 }),
    calendar: seeded.calendar,
  });
  const made = [...seed.histories({ originals, count: 240, days: 730, today: TODAY })];
  expect(await seed.seedCases({ db: seeded.connection.db, made, calendar: seeded.calendar })).toBe(240);
  await counted.given(...made);
  await counted.stores.figures.count();
  const rows = async (under: typeof seeded) =>
    (
      await under.connection
        .collection('kept_figures')
        .find({}, { projection: { _id: 0 } })
        .toArray()
    )
      .map(({ sums, ...row }) =>
        JSON.stringify(
          [row, Object.fromEntries(Object.entries(sums as object).filter(([, sum]) => sum !== 0))].map((part) =>
            Object.entries(part).sort(),
          ),
        ),
      )
      .sort();
  const expected = await rows(counted);
  expect(expected.length).toBeGreaterThan(1_000);
  expect(await rows(seeded)).toEqual(expected);
  const answers = async (under: typeof seeded) =>
    (
      await under.connection
        .collection<AnswersOfDay & { day: string }>('helped_enterprises')
        .find({}, { promoteBuffers: true, sort: { day: 1 } })
        .toArray()
    ).map((day) => [
      day.day,
      answersOf(day)
        .map((answer) => JSON.stringify(answer))
        .sort(),
    ]);
  const kept = await answers(counted);
  expect(kept.length).toBeGreaterThan(50);
  expect(await answers(seeded)).toEqual(kept);
  expect(await seeded.stores.figures.count()).toBe(0);
  await Promise.all([seeded.close(), counted.close()]);
});
