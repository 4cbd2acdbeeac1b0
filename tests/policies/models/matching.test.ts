import { openDepartment } from '../../../subgraphs/policies/src/service.js';
import {
  matchAll,
  matchChangedPolicies,
  matchSome,
} from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
beforeEach(async () => {
  await policies.publish(
    { id: 'staff', benefit: { kind: 'cash', formula: '100 * employees' } },
    { id: 'large', criteria: [{ fact: 'employees', op: 'gte', value: 1000 }] },
  );
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const city = (size: number, employees: (number: number) => number | null): Record<string, Record<string, number>> =>
  Object.fromEntries(Array.from({ length: size }, (_, number) => [usccOf(number), staffOf(employees(number))]));
const staffOf = (employees: number | null): Record<string, number> => (employees === null ? {} : { employees });
const changedEnterprises = async (): Promise<number> =>
  policies.database.connection.collection('matchChanges').countDocuments();

describe('a matching run', () => {
  it('stores who matches what and for how much, and counts what is new', async () => {
    await policies.know(city(6, (number) => [9, 10, 2000, null, 0, 11][number] ?? null));
    const { run } = await matchAll(policies.department);
    expect(run).toMatchObject({
      status: 'FINISHED',
      done: 6,
      total: 6,
      counts: { NEWLY_ELIGIBLE: 4, NO_LONGER_ELIGIBLE: 0, NEWLY_UNDETERMINED: 2, AMOUNT_CHANGED: 0 },
    });
    expect(await policies.department.stores.matches.byUscc([usccOf(2), usccOf(3)])).toMatchObject([
      {
        uscc: usccOf(2),
        eligible: ['large', 'staff'],
        undetermined: [],
        amounts: { large: 100_000, staff: 20_000_000 },
      },
      { uscc: usccOf(3), eligible: [], undetermined: ['large', 'staff'], amounts: {} },
    ]);
  });

  it('finds nothing new when nothing changed, and every kind of difference when something did', async () => {
    await policies.know(city(5, (number) => [10, 20, 30, 9, null][number] ?? null));
    await matchAll(policies.department);
    const again = await matchAll(policies.department);
    expect(again.run.counts).toEqual({
      NEWLY_ELIGIBLE: 0,
      NO_LONGER_ELIGIBLE: 0,
      NEWLY_UNDETERMINED: 0,
      AMOUNT_CHANGED: 0,
    });
    await policies.know(city(5, (number) => [11, 5, null, 10, null][number] ?? null));
    const { run } = await matchAll(policies.department);
    expect(run.counts).toEqual({ NEWLY_ELIGIBLE: 1, NO_LONGER_ELIGIBLE: 2, NEWLY_UNDETERMINED: 1, AMOUNT_CHANGED: 1 });
    expect(
      (await policies.department.stores.runs.changesOf(run.id, { afterUscc: '', limit: 10 })).flatMap(
        ({ uscc, changes }) => changes.map(({ policyId, kind }) => `${uscc.slice(15, 16)} ${policyId} ${kind}`),
      ),
    ).toEqual([
      '0 staff AMOUNT_CHANGED',
      '1 staff NO_LONGER_ELIGIBLE',
      '2 large NEWLY_UNDETERMINED',
      '2 staff NO_LONGER_ELIGIBLE',
      '3 staff NEWLY_ELIGIBLE',
    ]);
  });

  it('gives nothing to who is struck off, and names what it would have had', async () => {
    await policies.know({
      [usccOf(0)]: { employees: 10 },
      [usccOf(1)]: { employees: 10, isDeregistered: true },
      [usccOf(2)]: { isDeregistered: true },
    });
    await matchAll(policies.department);
    const off = async () =>
      (await policies.department.stores.matches.byUscc([usccOf(1), usccOf(2)])).map(
        ({ eligible, undetermined, amounts, struckOff }) => [eligible, undetermined, amounts, struckOff],
      );
    expect(await off()).toEqual([
      [[], [], {}, ['staff']],
      [[], [], {}, undefined],
    ]);
    expect(await policies.department.stores.matches.countEligible('staff')).toBe(1);
    await policies.publish({ id: 'fresh' });
    await matchAll(policies.department);
    expect((await off())[0]).toEqual([[], [], {}, ['fresh', 'staff']]);
    expect(await policies.department.stores.matches.countStruckOff('fresh')).toBe(1);
    // Registered again.
    await policies.know({ [usccOf(1)]: { employees: 10, isDeregistered: false } });
    const { run } = await matchAll(policies.department);
    expect(run.counts.NEWLY_ELIGIBLE).toBe(2);
    expect((await off())[0]).toEqual([['fresh', 'staff'], [], { fresh: 100_000, staff: 100_000 }, undefined]);
  });

  it('takes from who is struck off what an earlier release stored, after a start, once', async () => {
    await policies.know({ [usccOf(1)]: { employees: 10, isDeregistered: true } });
    await matchAll(policies.department);
    const { connection, logger, clock, stores } = policies.department;
    await connection
      .collection('enterpriseMatches')
      .updateOne({}, { $set: { eligible: ['staff'], amounts: { staff: 100_000 } }, $unset: { struckOff: 1 } });
    await connection.collection('stored_forms').deleteMany({});
    const startAnew = async () => {
      const again = await openDepartment({ connection, logger, clock, follow: false });
      await Promise.all([again.city.close(), again.shelf.close(), again.benefitsInMemory.close()]);
      return matchChangedPolicies(policies.department);
    };
    expect((await startAnew())?.run.counts).toMatchObject({ NO_LONGER_ELIGIBLE: 1 });
    expect(await stores.matches.byUscc([usccOf(1)])).toMatchObject([{ eligible: [], struckOff: ['staff'] }]);
    expect(await startAnew()).toBeNull();
  });

  it('goes on after the last batch that was stored, when it was interrupted', async () => {
    await policies.know(city(1200, () => 10));
    const interrupted = matchAll({
      ...policies.department,
      progress: () => {
        throw new Error('killed');
      },
    });
    await expect(interrupted).rejects.toThrow('killed');
    const done: number[] = [];
    const { run, resumed } = await matchAll({ ...policies.department, progress: (count) => void done.push(count) });
    expect({ resumed, done, counted: run.counts.NEWLY_ELIGIBLE, stored: await changedEnterprises() }).toEqual({
      resumed: true,
      done: [1000, 1200],
      counted: 1200,
      stored: 1200,
    });
  });

  it('is shared, not doubled, by two processes that run it at once', async () => {
    await policies.know(city(1700, () => 10));
    const [one, other] = await Promise.all([matchAll(policies.department), matchAll(policies.department)]);
    expect(one.run.id).toBe(other.run.id);
    const finished = await policies.department.stores.runs.byId(one.run.id);
    expect(finished).toMatchObject({ done: 1700, counts: { NEWLY_ELIGIBLE: 1700 } });
    expect(await changedEnterprises()).toBe(1700);
  });

  it('lets go of results of policies that apply no longer', async () => {
    await policies.know(city(3, () => 10));
    await matchAll(policies.department);
    const later = { now: () => new Date('2027-01-02T04:00:00Z') };
    await policies.database.connection
      .collection('policyVersions')
      .updateOne({ policyId: 'staff' }, { $set: { 'effective.to': '2026-12-31' } });
    await policies.department.shelf.refresh();
    const { run } = await matchAll({ ...policies.department, clock: later });
    expect(run.counts.NO_LONGER_ELIGIBLE).toBe(3);
    expect(await policies.department.stores.matches.countEligible('staff')).toBe(0);
  });
});

describe('matchSome', () => {
  it('matches only what a change can affect and leaves the rest as it was', async () => {
    await policies.know(city(3, () => 10));
    await matchAll(policies.department);
    await policies.know({ [usccOf(1)]: { employees: 5000 } });
    const counts = await matchSome(policies.department, [usccOf(1)], new Set(['large']));
    expect(counts).toEqual({ NEWLY_ELIGIBLE: 1, NO_LONGER_ELIGIBLE: 0, NEWLY_UNDETERMINED: 0, AMOUNT_CHANGED: 0 });
    expect(await policies.department.stores.matches.byUscc([usccOf(1)])).toMatchObject([
      { eligible: ['large', 'staff'], amounts: { large: 100_000, staff: 100_000 } },
    ]);
  });
});
