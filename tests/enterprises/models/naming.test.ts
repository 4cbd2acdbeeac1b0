import { inTransaction } from '@zhitong/kit/mongo';
import { NAMING_ENTERPRISES } from '../../../subgraphs/enterprises/src/models/naming.js';
import { emptyEnterprises, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

let under: Omit<EnterprisesUnderTest, 'city'>;
beforeAll(async () => void (under = await emptyEnterprises(import.meta.url)));
afterAll(async () => under.close());

const named = async (what: 'enterprises' | 'officials', keys: readonly string[]): Promise<string[]> =>
  inTransaction(under.database.connection, async (session) =>
    [...(await under.department.stores.naming[what](keys, session))].filter((key) => keys.includes(key)),
  );

describe('what the department keeps names', () => {
  it.each([
    ['projects', 'uscc'],
    ['service_links', 'uscc'],
    ['campaign_targets', 'uscc'],
    ['visits', 'uscc'],
    ['visit_findings', 'uscc'],
    ['reported_problems', 'uscc'],
    ['inspections', 'uscc'],
    ['penalties', 'uscc'],
    ['labour_reports', 'uscc'],
    ['appraisal_sample', 'uscc'],
    ['enterprise_relations', 'uscc'],
    ['enterprise_relations', 'parent'],
  ])('enterprises, in %s by %s', async (collection, field) => {
    const records = under.database.connection.collection(collection);
    const { insertedId } = await records.insertOne({ [field]: 'NAMED' });
    expect(await named('enterprises', ['NAMED', 'OTHER'])).toEqual(['NAMED']);
    await records.deleteOne({ _id: insertedId });
    expect(await named('enterprises', ['NAMED', 'OTHER'])).toEqual([]);
  });

  it('enterprises from which others go on', async () => {
    const records = under.database.connection.collection('enterprises');
    const { insertedId } = await records.insertOne({ uscc: 'SUCCESSOR', predecessors: [{ uscc: 'NAMED' }] });
    expect(await named('enterprises', ['NAMED', 'SUCCESSOR'])).toEqual(['NAMED']);
    await records.deleteOne({ _id: insertedId });
  });

  it.each(NAMING_ENTERPRISES.map(({ collection, field }) => [collection, field]))(
    'enterprises through an index, in %s by %s',
    async (collection, field) => {
      const explained = await under.database.connection
        .collection(collection)
        .find({ [field]: { $in: ['91110000600037341L', '91350203M0001QKT19'] } })
        .explain('queryPlanner');
      expect(JSON.stringify((explained['queryPlanner'] as { winningPlan: unknown }).winningPlan)).toContain('IXSCAN');
    },
  );

  it('enterprises in no other collection but those that the register keeps of itself', () => {
    const having = Object.values(under.database.connection.models)
      .filter(({ schema }) => schema.pathType('uscc') === 'real')
      .map((model) => model.collection.name);
    expect(having.sort()).toEqual(
      [
        ...['enterprises', 'register_changes', 'fact_years', 'fact_items', 'applicant_looks', 'confirmed_codes'],
        ...['projects', 'service_links', 'campaign_targets', 'visits', 'visit_findings', 'reported_problems'],
        ...['inspections', 'penalties', 'labour_reports', 'appraisal_sample', 'enterprise_relations'],
      ].sort(),
    );
  });

  it.each<[string, object]>([
    ['service_links', { officialId: 'YX-1' }],
    ['service_officers', { officialId: 'YX-1' }],
    ['service_items', { agents: ['YX-2', 'YX-1'] }],
    ['projects', { stewardId: 'YX-1' }],
    ['project_events', { project: 'P', seq: 1, change: { type: 'TASK_GIVEN', official: 'YX-1' } }],
    ['indicators', { chiefId: 'YX-1' }],
    ['campaign_targets', { officialId: 'YX-1' }],
    ['visits', { officialIds: ['YX-1'] }],
  ])('officials, in %s', async (collection, record) => {
    const records = under.database.connection.collection(collection);
    const { insertedId } = await records.insertOne(record);
    expect(await named('officials', ['YX-1', 'YX-3'])).toEqual(['YX-1']);
    await records.deleteOne({ _id: insertedId });
    expect(await named('officials', ['YX-1', 'YX-3'])).toEqual([]);
  });
});
