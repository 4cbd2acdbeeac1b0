import { createLogger } from '@zhitong/kit';
import { openPolicyShelf } from '../../../subgraphs/policies/src/memory/policy-shelf.js';
import { importPolicies, type ImportSummary } from '../../../subgraphs/policies/src/usecases/import-policies.js';
import { NOW, plainPolicy, policiesUnderTest, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const load = async (...file: unknown[]): Promise<ImportSummary> =>
  importPolicies(file, { ...policies.department, by: 'test' });
const versionsOf = async (id: string): Promise<number[]> =>
  (await policies.department.stores.versions.versions(id)).map(({ version }) => version);

describe('importPolicies', () => {
  it('publishes what is new, leaves alone what is here, and names what is wrong', async () => {
    expect(await load(plainPolicy, { ...plainPolicy, id: 'second' })).toMatchObject({
      written: 2,
      unchanged: 0,
      refused: [],
    });
    const again = await load(plainPolicy, { ...plainPolicy, id: 'third', criteria: [], benefit: 'none' });
    expect(again).toMatchObject({
      written: 0,
      unchanged: 1,
      refused: [{ policy: 'third', problems: [{ place: 'benefit', code: 'WRONG_SHAPE' }] }],
    });
    expect(await versionsOf('plain')).toEqual([1]);
  });

  it('refuses another content for days on which a version applies already', async () => {
    await load({ ...plainPolicy, valid_from: '2026-01-01', valid_to: '2026-12-31' });
    const overlapping = await load({
      ...plainPolicy,
      title_zh: '新题',
      valid_from: '2026-12-31',
      valid_to: '2027-12-31',
    });
    expect(overlapping.refused).toMatchObject([
      { policy: 'plain', problems: [{ place: 'valid_from', code: 'OVERLAPPING_WINDOW' }] },
    ]);
    const following = await load({
      ...plainPolicy,
      title_zh: '新题',
      valid_from: '2027-01-01',
      valid_to: '2027-12-31',
    });
    expect(following.written).toBe(1);
    expect(await versionsOf('plain')).toEqual([2, 1]);
  });

  it('keeps one version when two imports run at once', async () => {
    const outcomes = await Promise.allSettled([load(plainPolicy), load(plainPolicy)]);
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await versionsOf('plain')).toEqual([1]);
  });
});

describe('the shelf of published policies', () => {
  it('learns of what another process publishes', async () => {
    const shelf = await openPolicyShelf({
      ...policies.department.stores,
      clock: { now: () => NOW },
      logger: createLogger({ name: 'test', level: 'silent' }),
    });
    try {
      const told = new Promise<void>((resolve) => {
        shelf.onChange(() => {
          if (shelf.byId('plain') !== null) resolve();
        });
      });
      // The stream may open a moment after the shelf did; a change that it missed is found with the next.
      const writer = (async () => {
        for (let number = 0; shelf.byId('plain') === null && number < 100; number += 1)
          await load(plainPolicy, { ...plainPolicy, id: `other-${number}` });
      })();
      await told;
      await writer;
      expect(shelf.matchableOn('2026-11-20').some(({ id }) => id === 'plain')).toBe(true);
    } finally {
      await shelf.close();
    }
  });

  it('shows the version that applies today', async () => {
    await load({ ...plainPolicy, valid_to: '2026-11-20' });
    await load({ ...plainPolicy, title_zh: '明日版', valid_from: '2026-11-21' });
    await policies.department.shelf.refresh();
    expect(policies.department.shelf.byId('plain')?.record.version).toBe(1);
    expect(policies.department.shelf.matchableOn('2026-11-20').map(({ version }) => version)).toEqual([1]);
    expect(policies.department.shelf.matchableOn('2026-11-21').map(({ version }) => version)).toEqual([2]);
  });
});
