import { auditor, creditOfDemoCity } from '../support/credit-under-test.js';

let credit: Awaited<ReturnType<typeof creditOfDemoCity>>;
beforeAll(async () => {
  credit = await creditOfDemoCity(import.meta.url);
});
afterAll(async () => credit.close());

interface Profiled {
  ns: string;
  planSummary?: string;
  docsExamined?: number;
  command: Record<string, unknown>;
}

/** Runs an operation and tells how MongoDB found what it read. */
async function plansOf(query: string, variables: Record<string, unknown> = {}): Promise<Profiled[]> {
  const { db } = credit.database.connection;
  if (!db) throw new Error('no database');
  await db.command({ profile: 2 });
  const { errors } = await credit.ask(query, { variables, actor: auditor });
  await db.command({ profile: 0 });
  expect(errors).toBeUndefined();
  const plans = await db
    .collection<Profiled>('system.profile')
    .find({ op: { $in: ['query', 'command', 'getmore'] }, planSummary: { $exists: true } })
    .toArray();
  await db.collection('system.profile').drop();
  return plans;
}

describe("the department's questions are answered through indexes", () => {
  it.each<[string, string]>([
    [
      'what enterprises are owed',
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Enterprise { outstandingCommitments(first: 10) { totalCount nodes { id } } commitments(first: 3) { nodes { id } } arrears { totalCount } pledges { totalCount } creditStanding { grade } } } }',
    ],
    [
      'what departments owe',
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Department { outstandingCommitments(first: 5) { totalCount } commitments(first: 5) { nodes { id } } arrears { totalCount } } } }',
    ],
    [
      'what was promised for projects',
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Project { commitments { nodes { id entries { hash } } } } } }',
    ],
    ['the newest promises', '{ commitments(first: 20) { nodes { id } } }'],
    [
      'the largest outstanding promises',
      '{ commitments(first: 20, orderBy: { field: OUTSTANDING_AMOUNT }) { nodes { id } } }',
    ],
    [
      'an audit of a past day',
      '{ commitmentAudit(asOf: "2024-06-30", knownOn: "2024-06-30") { count groups { commitments(first: 5) { nodes { id } } } } }',
    ],
  ])('%s', async (_what, query) => {
    const refs = query.includes('Enterprise')
      ? credit.city.enterprises.slice(0, 50).map(({ uscc }) => ({ __typename: 'Enterprise', uscc }))
      : query.includes('Department')
        ? credit.city.departments.slice(0, 10).map(({ code }) => ({ __typename: 'Department', code }))
        : credit.city.projects.slice(0, 5).map(({ id }) => ({ __typename: 'Project', id }));
    const plans = await plansOf(query, query.includes('$refs') ? { refs } : {});
    expect(plans.length).toBeGreaterThan(0);
    expect(
      plans
        .filter(({ planSummary, docsExamined = 0 }) => planSummary === 'COLLSCAN' && docsExamined > 20)
        .map(({ ns, planSummary }) => `${ns} ${planSummary ?? ''}`),
    ).toEqual([]);
  });
});
