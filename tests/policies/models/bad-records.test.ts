import { createLogger } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import { explainMatch } from '../../../subgraphs/policies/src/usecases/explain-match.js';
import { readStaleEnterprises } from '../../../subgraphs/policies/src/usecases/facts/keep-current.js';
import { readAllFacts, type ReadingSource } from '../../../subgraphs/policies/src/usecases/facts/read-facts.js';
import { matchAll, matchSome } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig } from '../support/grant-rig.js';
import {
  auditor,
  fromGraph,
  NOW,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

/**
 * What an earlier release or a hand may have left in a record: whatever it is, it costs neither the enterprise that the
 * rest is known of nor any other. Each form is stored in place of the record of one enterprise of three.
 */
const GOOD = { employees: 10 };
const FORMS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a value is null': { 'values.employees': null },
  'every value is null': { values: { employees: null, scale: null, honours: null, isDeregistered: null } },
  'the values are null': { values: null },
  'the values are a list': { values: [null] },
  'a number is a text': { 'values.employees': '10' },
  'a list of titles holds null': { 'values.honours': [null] },
  'a list of titles is null': { 'values.honours': null },
  'a day is a date of the database': { 'values.registeredOn': new Date(0) },
  'a collection holds null': { 'values.loans': [null] },
  'the days are null': { dates: null },
  'what it was told as is null': { told: null },
  'what it was told as has no parts': { told: { version: 'told', on: '2026-11-20' } },
  'whom it goes on from is null': { predecessors: null },
  'whom it goes on from holds null': { predecessors: [null] },
  'the industry is null': { industry: null },
  'the region is null': { region: null },
};
const BAD = usccOf(2);
const OTHERS = [usccOf(1), usccOf(3)];

let policies: PoliciesUnderTest;
const rig = grantRig(
  () => policies,
  () => NOW,
);
const told = (uscc: string) => ({
  ...fromGraph(uscc, GOOD),
  told: { version: 'told', asOf: '2025-12-31', current: [] },
});
const source: ReadingSource = {
  page: async () => Promise.resolve({ enterprises: [...OTHERS, BAD].map(told), total: 3, next: null }),
  versions: async () =>
    Promise.resolve({
      enterprises: [...OTHERS, BAD].map((uscc) => ({
        ...{ uscc, name: told(uscc).name, industry: told(uscc).industry, region: told(uscc).region },
        ...{ factsVersion: 'told', credit: null, predecessors: [] },
      })),
      total: 3,
      next: null,
    }),
  sheets: async (usccs) =>
    Promise.resolve(
      usccs.map((uscc) => ({
        uscc,
        factsVersion: 'told',
        sheet: { asOf: '2025-12-31', values: GOOD, dates: {} },
      })),
    ),
};
beforeAll(
  async () =>
    void (policies = await policiesUnderTest(
      import.meta.url,
      { now: () => NOW },
      { enterprise: async (uscc) => Promise.resolve(fromGraph(uscc, GOOD)) },
    )),
);
beforeEach(async () => {
  await policies.publish(
    { id: 'staff' },
    { id: 'titled', criteria: [{ fact: 'honours', op: 'contains', value: '高新技术企业' }] },
    {
      id: 'lent',
      criteria: [{ fact: 'loans', op: 'has', value: [{ attribute: 'principalYuan', op: 'gte', value: 100 }] }],
    },
  );
  await readAllFacts({ ...policies.department, source });
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const facts = () => policies.database.connection.collection('enterpriseFacts');
/** Put in anew, so that what is followed in memory has it too. */
async function spoil(form: string): Promise<void> {
  await facts().updateOne({ uscc: BAD }, { $set: { ...FORMS[form] } });
  const record = await facts().findOneAndDelete({ uscc: BAD });
  if (record !== null) await facts().insertOne(record);
}
const eligible = async (): Promise<string[]> =>
  (await policies.department.stores.matches.eligible('staff', { limit: 10, position: undefined, backwards: false }))
    .map(({ uscc }) => uscc)
    .sort();

describe.each(Object.keys(FORMS))('where of one record %s', (form) => {
  beforeEach(async () => spoil(form));

  it('the commands and jobs that read it go on with the others', async () => {
    await matchAll(policies.department);
    expect(await eligible()).toEqual(expect.arrayContaining(OTHERS));
    await matchSome(policies.department, [BAD, ...OTHERS], null);
    expect(await eligible()).toEqual(expect.arrayContaining(OTHERS));
    // No grant is made without a district, which is counted.
    expect((await rig.identify()).result).toMatchObject({ failed: form === 'the region is null' ? 1 : 0 });
    expect((await rig.all()).map(({ uscc }) => uscc)).toEqual(expect.arrayContaining(OTHERS));
    const lines = await explainMatch(policies.department, BAD, 'staff');
    expect(Array.isArray(lines)).toBe(true);
    for (const policy of ['staff', 'titled', 'lent']) {
      const { data, errors } = await policies.ask<{ previewPolicy: Record<string, number> }>(
        'query ($input: PreviewPolicyInput!) { previewPolicy(input: $input) { eligible notEligible undetermined } }',
        { variables: { input: { policy } }, actor: auditor },
      );
      expect(errors).toBeUndefined();
      const { eligible: having = 0, undetermined = 0, notEligible } = data?.previewPolicy ?? {};
      // Of the others it is known what it was: who has the staff, and of no titles and loans nobody knows.
      expect([policy, having + undetermined, notEligible]).toEqual([policy, 3, 0]);
      expect(policy === 'staff' ? having : undetermined).toBeGreaterThanOrEqual(2);
    }
  });

  it('a reading of the whole register goes on that does not look for it first', async () => {
    expect(await readAllFacts({ ...policies.department, source })).toMatchObject({ read: 3, removed: 0 });
  });

  it('a full repair names it, reads it anew and leaves it whole', async () => {
    const anew = await policies.department.stores.facts.faulty();
    expect(anew).toEqual([BAD]);
    const summary = await readAllFacts({ ...policies.department, source, anew: new Set(anew) });
    expect(summary).toMatchObject({ read: 3, removed: 0 });
    expect(await policies.department.stores.facts.faulty()).toEqual([]);
    await matchAll(policies.department);
    expect(await eligible()).toEqual([BAD, ...OTHERS].sort());
  });

  it('a change that is reported of it mends it', async () => {
    await inTransaction(policies.database.connection, async (session) =>
      policies.department.stores.matchState.noteStale(BAD, NOW, session),
    );
    const logger = createLogger({ name: 'test', level: 'silent' });
    expect(
      await readStaleEnterprises({
        ...policies.department,
        logger,
        source: {
          page: async () => Promise.reject(new Error('not asked')),
          enterprise: async (uscc) => Promise.resolve(told(uscc)),
        },
      }),
    ).toBe(1);
    expect(await policies.department.stores.facts.faulty()).toEqual([]);
  });
});

it('nothing is named where nothing is wrong', async () => {
  expect(await policies.department.stores.facts.faulty()).toEqual([]);
});

describe.each([
  ['nothing is matched', { eligible: null, undetermined: null, amounts: null, struckOff: null }],
  ['a list holds null', { eligible: [null, 'staff'], undetermined: [null] }],
  ['parts are of another kind', { eligible: 'staff', undetermined: {}, amounts: [] }],
])('where of the results of one enterprise %s', (_what, stored) => {
  it('matching goes on, and puts them right', async () => {
    await matchAll(policies.department);
    const results = policies.database.connection.collection('enterpriseMatches');
    await results.updateOne({ uscc: BAD }, { $set: stored });
    await policies.publish({ id: 'another' });
    await matchAll(policies.department);
    expect(await policies.department.stores.matches.byUscc([BAD])).toMatchObject([
      {
        eligible: ['another', 'staff'],
        undetermined: ['lent', 'titled'],
        amounts: { another: 100_000, staff: 100_000 },
      },
    ]);
  });
});

it('a published version that cannot be read costs no other policy', async () => {
  await policies.publish({ id: 'other' });
  const versions = policies.database.connection.collection('policyVersions');
  await versions.updateOne({ policyId: 'staff' }, { $set: { 'content.criteria': null } });
  await policies.department.shelf.refresh();
  expect(policies.department.shelf.all().map(({ content }) => content.id)).toEqual(['lent', 'other', 'titled']);
  await matchAll(policies.department);
  expect(await policies.department.stores.matches.countEligible('other')).toBe(3);
});
