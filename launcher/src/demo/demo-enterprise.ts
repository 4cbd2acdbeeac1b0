import { z } from 'zod';

const countSchema = z.object({ totalCount: z.number() }).nullable();
const enterpriseSchema = z.object({
  uscc: z.string(),
  name: z.string(),
  cases: countSchema,
  matchedPolicies: countSchema,
  outstandingCommitments: countSchema,
});
const answerSchema = z.object({
  data: z
    .object({
      enterprises: z.object({
        nodes: z.array(enterpriseSchema),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullish(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

const QUERY = `query DemoEnterprise($after: String) {
  enterprises(first: 50, after: $after, filter: { scale: [LARGE, MEDIUM] }) {
    nodes { uscc name cases(first: 1) { totalCount } matchedPolicies(first: 1) { totalCount } outstandingCommitments(first: 1) { totalCount } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const PAGES = 4;
/** So much of everything is enough to show; the search ends there. */
const PLENTY = 3;

/** An enterprise worth showing: something in each department. */
export interface DemoEnterprise {
  readonly uscc: string;
  readonly name: string;
  readonly cases: number;
  readonly matchedPolicies: number;
  readonly outstandingCommitments: number;
}

/**
 * Asks the graph for an enterprise that has cases, matched policies and outstanding commitments, one with much even of
 * its scarcest; undefined when the first 200 large and medium enterprises have none that has all three.
 * @throws Error with the graph's own message when it fails.
 */
export async function findDemoEnterprise({
  graph,
  token,
}: {
  graph: string;
  token: string;
}): Promise<DemoEnterprise | undefined> {
  let after: string | null = null;
  let best: DemoEnterprise | undefined;
  for (let page = 0; page < PAGES; page++) {
    const response = await fetch(graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: QUERY, variables: { after } }),
    });
    const { data, errors } = answerSchema.parse(await response.json());
    if (!data) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
    for (const node of data.enterprises.nodes) {
      const candidate = {
        uscc: node.uscc,
        name: node.name,
        cases: node.cases?.totalCount ?? 0,
        matchedPolicies: node.matchedPolicies?.totalCount ?? 0,
        outstandingCommitments: node.outstandingCommitments?.totalCount ?? 0,
      };
      if (scarcest(candidate) > (best === undefined ? 0 : scarcest(best))) best = candidate;
    }
    if (!data.enterprises.pageInfo.hasNextPage || (best !== undefined && scarcest(best) >= PLENTY)) break;
    after = data.enterprises.pageInfo.endCursor;
  }
  return best;
}

const scarcest = ({ cases, matchedPolicies, outstandingCommitments }: DemoEnterprise): number =>
  Math.min(cases, matchedPolicies, outstandingCommitments);
