import { inTransaction } from '@zhitong/kit/mongo';
import type { GrantRecord } from '../../../../subgraphs/policies/src/models/grants/grant-record.js';
import { NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const grant = (id: string, part: Partial<GrantRecord> = {}): GrantRecord => ({
  id,
  policyId: 'staff',
  policyVersion: 1,
  department: 'RSJ',
  uscc: usccOf(1),
  regionCode: '421202',
  period: '2026',
  amountFen: 100_00,
  paidFen: 0,
  instalmentsFen: [100_00],
  settled: 0,
  returned: [],
  accountInDoubt: false,
  publicityDays: 5,
  publicUntil: null,
  reserved: false,
  account: null,
  status: 'IDENTIFIED',
  version: 1,
  identifiedAt: NOW,
  updatedAt: NOW,
  ...part,
});
const { insert, put } = {
  insert: async (record: GrantRecord) =>
    inTransaction(policies.database.connection, async (session) =>
      policies.department.stores.grants.insertAll([record], 'test', session),
    ),
  put: async (record: GrantRecord) =>
    inTransaction(policies.database.connection, async (session) =>
      policies.department.stores.grants.putHistory([record], [], session),
    ),
};
const stored = async () =>
  (await policies.department.stores.grants.list({}, { limit: 50, position: undefined, backwards: false }))
    .map(({ id }) => id)
    .sort();

describe('a benefit of one policy for one period', () => {
  it('is granted to an enterprise once, whoever writes and however many write at once', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, async (_, index) => insert(grant(`GR-${String(index)}`))),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(await stored()).toHaveLength(1);
  });

  it('is refused a second time from an import too, however often one was withdrawn before', async () => {
    await put(grant('GR-1', { status: 'WITHDRAWN' }));
    await put(grant('GR-2', { status: 'WITHDRAWN' }));
    await put(grant('GR-3'));
    await expect(put(grant('GR-4'))).rejects.toThrow(/duplicate key/);
    await expect(insert(grant('GR-5'))).rejects.toThrow(/duplicate key/);
    expect(await stored()).toEqual(['GR-1', 'GR-2', 'GR-3']);
  });

  it('is another one under another policy, for another enterprise or for another period', async () => {
    for (const other of [
      grant('GR-1'),
      grant('GR-2', { policyId: 'other' }),
      grant('GR-3', { uscc: usccOf(2) }),
      grant('GR-4', { period: '2027' }),
    ])
      await insert(other);
    expect(await stored()).toEqual(['GR-1', 'GR-2', 'GR-3', 'GR-4']);
  });
});
