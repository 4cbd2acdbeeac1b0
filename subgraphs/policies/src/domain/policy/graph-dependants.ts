/** What would stop with a field of the graph, as the schema registry is told. */
export interface GraphDependant {
  /** Schema coordinate, as in `Enterprise.facts`. */
  readonly coordinate: string;
  readonly name: string;
}

const STANDING = ['Enterprise.creditStanding', 'Query.enterprise', 'Query.enterprises'];
/** The sheet comes whole: which of its facts a policy asks for the graph does not see. */
const SHEET = ['Enterprise.facts', 'Enterprise.factsVersion', 'Query.enterprise', 'Query.enterprises'];

/** Facts that are fields of their own; every other one stands in the register's sheet. */
const FIELD_OF_FACT: Readonly<Record<string, readonly string[]>> = {
  hasOpenDishonestyRecord: [...STANDING, 'CreditStanding.hasOpenDishonestyRecord'],
  hasUnfulfilledJudgment: [...STANDING, 'CreditStanding.hasUnfulfilledJudgment'],
};

/** The fields of the graph from which the policies' facts are read, by policy. */
export function policyDependants(
  policies: readonly { readonly id: string; readonly facts: readonly string[] }[],
): GraphDependant[] {
  return policies.flatMap(({ id, facts }) =>
    [...new Set(facts.flatMap((fact) => FIELD_OF_FACT[fact] ?? SHEET))].map((coordinate) => ({
      coordinate,
      name: `policy ${id}`,
    })),
  );
}

/** What every matching run reads of an enterprise, whatever the policies ask. */
const READ_OF_ENTERPRISES = [
  ...SHEET,
  ...STANDING,
  'CreditStanding.hasOpenDishonestyRecord',
  'CreditStanding.hasUnfulfilledJudgment',
  'Query.enterprises(after:)',
  'Query.enterprises(filter:)',
  'Query.enterprises(first:)',
  'Query.enterprises(orderBy:)',
  'Query.enterprise(uscc:)',
  'Enterprise.uscc',
  'Enterprise.name',
  'Enterprise.industry',
  'Enterprise.region',
  'Enterprise.registeredOn',
  'Enterprise.predecessors',
  'Predecessor.uscc',
  'Predecessor.on',
  'Enterprise.facts(asOf:)',
  'Enterprise.creditStanding(asOf:)',
  'Industry.code',
  'Industry.name',
  'Region.code',
  'Region.name',
  'EnterpriseConnection.nodes',
  'EnterpriseConnection.pageInfo',
  'EnterpriseConnection.totalCount',
  'PageInfo.endCursor',
  'PageInfo.hasNextPage',
];

/** What a matching run needs; `graph/facts-source.ts` asks it. */
export const runDependants = (): GraphDependant[] =>
  [...new Set(READ_OF_ENTERPRISES)].map((coordinate) => ({ coordinate, name: 'matching run' }));

/** All that of the department would stop with a field: each published policy, and the matching run. */
export const graphDependants = (
  published: readonly { readonly content: { readonly id: string }; readonly facts: readonly string[] }[],
): GraphDependant[] => [
  ...runDependants(),
  ...policyDependants(published.map(({ content: { id }, facts }) => ({ id, facts }))),
];
