import { graphAnswer, GraphUnreachable } from '@zhitong/kit/graph';
import { z } from 'zod';
import type { Facts } from '../domain/fact-values.js';
import { factsOfSheet } from '../domain/match.js';
import type { Day } from '../domain/calendar-day.js';
import type { ServiceToken } from './service-token.js';

/** An enterprise as the graph tells of it. */
export interface EnterpriseFromGraph {
  readonly uscc: string;
  readonly name: string;
  readonly industry: { readonly code: string; readonly name: string };
  readonly region: { readonly code: string; readonly name: string };
  readonly facts: Facts;
  /** What the days of the facts were made from, where that is shorter than they are: equal facts with an equal origin have equal days. */
  readonly daysFrom?: unknown;
  /** The credit department answered for it. */
  readonly creditKnown: boolean;
  /** Facts that could not be used. */
  readonly unusable: number;
}

export interface FactsPage {
  readonly enterprises: readonly EnterpriseFromGraph[];
  readonly total: number;
  /** Null when this was the last page. */
  readonly next: string | null;
}

/** Where this department reads other departments' facts: the graph itself, under its own identity. */
export interface FactsSource {
  page(after: string | null): Promise<FactsPage>;
  /** One enterprise; null when it is not registered. */
  enterprise(uscc: string): Promise<EnterpriseFromGraph | null>;
}

/** Where it reads what they knew on an earlier day. */
export interface PastFactsSource {
  /**
   * The enterprises of the list that were registered on that day, with the facts of that day, in no particular order. However
   * many there are, they are read some hundred with one query.
   */
  enterprisesOn(usccs: readonly string[], day: Day): Promise<readonly EnterpriseFromGraph[]>;
}

export { GraphUnreachable };
/** The graph refused the cursor: the register's order has changed since, so the reading begins anew. */
export class CursorRefused extends Error {}

const TIMEOUT_MS = 30_000;
const FIELDS = 'uscc name industry { code name } region { code name } facts creditStanding { hasOpenDishonestyRecord hasUnfulfilledJudgment }';
const PAGE = `query PoliciesFactsPage($after: String) { enterprises(first: 200, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ${FIELDS} } } }`;
const ONE = `query PoliciesFactsOfEnterprise($uscc: ID!) { enterprise(uscc: $uscc) { ${FIELDS} } }`;

/** Enterprises of an earlier day that are read with one query. */
const AT_ONCE = 100;
const ON_DAY = `query PoliciesFactsOnDay($usccs: [ID!]!, $first: Int!, $day: Date!) { enterprises(first: $first, filter: { uscc: $usccs }) { totalCount pageInfo { hasNextPage endCursor } nodes { uscc name industry { code name } region { code name } registeredOn facts(asOf: $day) creditStanding(asOf: $day) { hasOpenDishonestyRecord hasUnfulfilledJudgment } } } }`;

const codeAndName = z.object({ code: z.string(), name: z.string() });
const enterpriseSchema = z.object({
  uscc: z.string(),
  name: z.string(),
  industry: codeAndName,
  region: codeAndName,
  /** Asked for an earlier day only. */
  registeredOn: z.string().nullish(),
  facts: z.unknown(),
  creditStanding: z.object({ hasOpenDishonestyRecord: z.boolean().nullish(), hasUnfulfilledJudgment: z.boolean().nullish() }).nullish(),
});
const answerSchema = z.object({
  data: z
    .object({
      enterprises: z.object({ totalCount: z.number(), pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }), nodes: z.array(enterpriseSchema) }).nullish(),
      enterprise: enterpriseSchema.nullish(),
    })
    .nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).loose().optional() })).optional(),
});
type Answer = z.infer<typeof answerSchema>;

/** Reads facts from the graph at `url`. A department that does not answer leaves its facts unknown; the page still counts. */
export function graphFactsSource({ url, token, today }: { url: string; token: ServiceToken; today: () => Day }): FactsSource & PastFactsSource {
  const ask = async (query: string, variables: Record<string, unknown>): Promise<Answer> => {
    const answer = answerSchema.safeParse(await graphAnswer({ url, token, query, variables, timeoutMs: TIMEOUT_MS }));
    if (!answer.success) throw new GraphUnreachable(`The graph at ${url} gave an answer of another form: ${answer.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`);
    return answer.data;
  };
  const why = ({ errors }: Answer): string => errors?.map(({ message }) => message).join('; ') ?? 'no data';

  return {
    async page(after) {
      const answer = await ask(PAGE, { after });
      const found = answer.data?.enterprises;
      if (!found) {
        if (after !== null && answer.errors?.some(({ extensions }) => extensions?.code === 'BAD_USER_INPUT')) throw new CursorRefused(why(answer));
        throw new GraphUnreachable(`The graph at ${url} did not give the enterprises: ${why(answer)}`);
      }
      return { enterprises: found.nodes.map((node) => fromGraph(node, today())), total: found.totalCount, next: found.pageInfo.hasNextPage ? (found.pageInfo.endCursor ?? null) : null };
    },
    async enterprise(uscc) {
      const answer = await ask(ONE, { uscc });
      if (answer.data?.enterprise) return fromGraph(answer.data.enterprise, today());
      if (answer.errors?.length) throw new GraphUnreachable(`The graph at ${url} did not give the enterprise: ${why(answer)}`);
      return null;
    },
    async enterprisesOn(usccs, day) {
      const enterprises: EnterpriseFromGraph[] = [];
      for (let start = 0; start < usccs.length; start += AT_ONCE) {
        const some = usccs.slice(start, start + AT_ONCE);
        const answer = await ask(ON_DAY, { usccs: some, first: some.length, day });
        const found = answer.data?.enterprises;
        if (!found) throw new GraphUnreachable(`The graph at ${url} did not give the enterprises: ${why(answer)}`);
        for (const { registeredOn, ...node } of found.nodes) {
          if (typeof registeredOn === 'string' && registeredOn > day) continue;
          // Registered, but without a sheet: the register did not answer for it, which is not the same as knowing nothing.
          if (node.facts === null || node.facts === undefined) throw new GraphUnreachable(`The graph at ${url} did not give the facts of ${node.uscc} on ${day}: ${why(answer)}`);
          enterprises.push(fromGraph(node, day));
        }
      }
      return enterprises;
    },
  };
}

function fromGraph({ uscc, name, industry, region, facts: sheet, creditStanding }: z.infer<typeof enterpriseSchema>, day: Day): EnterpriseFromGraph {
  const { facts, problems } = factsOfSheet(sheet, creditStanding, day);
  return {
    uscc,
    name,
    industry,
    region,
    facts,
    daysFrom: [isRecord(sheet) ? [sheet['asOf'], sheet['dates']] : null, day],
    creditKnown: creditStanding !== null && creditStanding !== undefined,
    unusable: problems.length,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
