import { setTimeout as pause } from 'node:timers/promises';
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
/** A hub that has just started on a busy machine may answer in part at first. */
const MOST_TRIES = 10;
const BETWEEN_TRIES_MS = 2_000;
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
    const data = await pageAfter(after, { graph, token });
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

/** One page, whole: what a department did not tell in time is not nothing, so the page is asked for again. */
async function pageAfter(after: string | null, { graph, token }: { graph: string; token: string }) {
  for (let tries = 1; ; tries++) {
    const response = await fetch(graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: QUERY, variables: { after } }),
    });
    const { data, errors } = answerSchema.parse(await response.json());
    if (data && errors === undefined) return data;
    if (!data || tries === MOST_TRIES) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
    await pause(BETWEEN_TRIES_MS);
  }
}

const scarcest = ({ cases, matchedPolicies, outstandingCommitments }: DemoEnterprise): number =>
  Math.min(cases, matchedPolicies, outstandingCommitments);
