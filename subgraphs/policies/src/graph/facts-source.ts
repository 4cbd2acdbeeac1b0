import { graphAnswer, GraphUnreachable, type ServiceToken } from '@zhitong/kit/graph';
import type { LegalDay } from '@zhitong/values';
import { z } from 'zod';
import type { Facts } from '../domain/facts/fact-values.js';
import { factsOfSheet, type CreditFacts } from '../domain/matching/match.js';
import type { Predecessor } from '../domain/grant/succession.js';
import { sheetDays, type SheetDays } from '../domain/facts/versioned-facts.js';

/** What the graph returns of an enterprise beside its facts. */
export interface ListedEnterprise {
  readonly uscc: string;
  readonly name: string;
  readonly industry: { readonly code: string; readonly name: string };
  readonly region: { readonly code: string; readonly name: string };
  /** The register's version of the facts; null where it has none. */
  readonly factsVersion: string | null;
  /** What the credit department says; null while it does not respond. */
  readonly credit: CreditFacts | null;
  /** Whom it goes on from; none where the register did not tell. */
  readonly predecessors?: readonly Predecessor[] | null | undefined;
}

/** An enterprise as the graph returns it, what the credit department says among the facts. */
export interface EnterpriseFromGraph extends Pick<
  ListedEnterprise,
  'uscc' | 'name' | 'industry' | 'region' | 'predecessors'
> {
  readonly facts: Facts;
  /** How the register dates them; undefined where they cannot be derived for another day. */
  readonly told?: SheetDays | undefined;
  /** The credit department returned its part. */
  readonly creditKnown: boolean;
}

/** A page of the register. */
export interface RegisterPage<Enterprise> {
  readonly enterprises: readonly Enterprise[];
  readonly total: number;
  /** Null when this was the last page. */
  readonly next: string | null;
}
export type FactsPage = RegisterPage<EnterpriseFromGraph>;

/** The fact sheet of an enterprise as the register returns it, with its version. */
export interface ToldSheet {
  readonly uscc: string;
  readonly factsVersion: string | null;
  readonly sheet: unknown;
}

/** Where this department reads other departments' facts: the graph itself, under its own identity. */
export interface FactsSource {
  page(after: string | null): Promise<FactsPage>;
  /** One enterprise; null when it is not registered. */
  enterprise(uscc: string): Promise<EnterpriseFromGraph | null>;
}

/** Where it asks first what has changed. */
export interface VersionsSource {
  /** The same page as that of facts, without them. */
  versions(after: string | null): Promise<RegisterPage<ListedEnterprise>>;
  /**
   * The sheets of the enterprises of the list that have one, in no particular order, some hundred with one query.
   * @param timeoutMs how long one query may take.
   */
  sheets(usccs: readonly string[], timeoutMs?: number): Promise<readonly ToldSheet[]>;
}

/** Where it reads what they knew on an earlier day. */
export interface PastFactsSource {
  /**
   * The enterprises of the list that were registered on that day, with the facts of that day, in no particular order.
   * However many there are, they are read some hundred with one query.
   */
  enterprisesOn(usccs: readonly string[], day: LegalDay): Promise<readonly EnterpriseFromGraph[]>;
}

export { GraphUnreachable };
/** The graph refused the cursor: the register's order has changed since, so the reading begins anew. */
export class CursorRefused extends Error {}

const TIMEOUT_MS = 30_000;
const LISTED =
  'uscc name industry { code name } region { code name } predecessors { uscc on } factsVersion creditStanding { hasOpenDishonestyRecord hasUnfulfilledJudgment }';
const FIELDS = `${LISTED} facts`;
/** In the order of the codes, which a run that follows a reading goes by. */
const pageOf = (name: string, fields: string): string =>
  `query ${name}($after: String) { enterprises(first: 200, after: $after, orderBy: { field: USCC }) { totalCount pageInfo { hasNextPage endCursor } nodes { ${fields} } } }`;
const PAGE = pageOf('PoliciesFactsPage', FIELDS);
const VERSIONS = pageOf('PoliciesFactsVersions', LISTED);
const SHEETS =
  'query PoliciesFactSheets($usccs: [ID!]!, $first: Int!) { enterprises(first: $first, filter: { uscc: $usccs }) { nodes { uscc factsVersion facts } } }';
const ONE = `query PoliciesFactsOfEnterprise($uscc: ID!) { enterprise(uscc: $uscc) { ${FIELDS} } }`;

/** Enterprises of a list that are read with one query. */
const AT_ONCE = 100;
const ON_DAY = `query PoliciesFactsOnDay($usccs: [ID!]!, $first: Int!, $day: Date!) { enterprises(first: $first, filter: { uscc: $usccs }) { totalCount pageInfo { hasNextPage endCursor } nodes { uscc name industry { code name } region { code name } registeredOn facts(asOf: $day) creditStanding(asOf: $day) { hasOpenDishonestyRecord hasUnfulfilledJudgment } } } }`;

/** Everything that is asked of the graph here; what of it must stay, `domain/policy/graph-dependants.ts` says. */
export const FACTS_DOCUMENTS: readonly string[] = [PAGE, VERSIONS, SHEETS, ONE, ON_DAY];

const codeAndName = z.object({ code: z.string(), name: z.string() });
const enterpriseSchema = z.object({
  uscc: z.string(),
  name: z.string(),
  /** Null where the register does not state it, as of an enterprise that came with a list without it. */
  industry: codeAndName.nullish(),
  region: codeAndName.nullish(),
  /** Asked for an earlier day only. */
  registeredOn: z.string().nullish(),
  factsVersion: z.string().nullish(),
  facts: z.unknown().optional(),
  predecessors: z.array(z.object({ uscc: z.string(), on: z.string() })).nullish(),
  creditStanding: z
    .object({ hasOpenDishonestyRecord: z.boolean().nullish(), hasUnfulfilledJudgment: z.boolean().nullish() })
    .nullish(),
});
const errorsSchema = z
  .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).loose().optional() }))
  .optional();
const answerSchema = z.object({
  data: z
    .object({
      enterprises: z
        .object({
          totalCount: z.number(),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
          nodes: z.array(enterpriseSchema),
        })
        .nullish(),
      enterprise: enterpriseSchema.nullish(),
    })
    .nullish(),
  errors: errorsSchema,
});
const sheetsSchema = z.object({
  data: z
    .object({
      enterprises: z
        .object({
          nodes: z.array(
            z.object({ uscc: z.string(), factsVersion: z.string().nullish(), facts: z.unknown().optional() }),
          ),
        })
        .nullish(),
    })
    .nullish(),
  errors: errorsSchema,
});
type Told = z.infer<typeof enterpriseSchema>;

/**
 * Reads facts from the graph at `url`. A department that does not respond leaves its facts unknown; the page still
 * counts.
 */
export function graphFactsSource({
  url,
  token,
  today,
}: {
  url: string;
  token: ServiceToken;
  today: () => LegalDay;
}): FactsSource & VersionsSource & PastFactsSource {
  const answerOf = async <Shape extends z.ZodType>(
    shape: Shape,
    query: string,
    variables: Record<string, unknown>,
    timeoutMs = TIMEOUT_MS,
  ): Promise<z.infer<Shape>> => {
    const answer = shape.safeParse(await graphAnswer({ url, token, query, variables, timeoutMs }));
    if (!answer.success)
      throw new GraphUnreachable(
        `The graph at ${url} gave an answer of another form: ${answer.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
      );
    return answer.data;
  };
  const ask = async (query: string, variables: Record<string, unknown>) => answerOf(answerSchema, query, variables);
  const why = ({ errors }: { errors?: readonly { message: string }[] | undefined }): string =>
    errors?.map(({ message }) => message).join('; ') ?? 'no data';
  const page = async <Enterprise>(
    query: string,
    after: string | null,
    read: (told: Told) => Enterprise,
  ): Promise<RegisterPage<Enterprise>> => {
    const answer = await ask(query, { after });
    const found = answer.data?.enterprises;
    if (!found) {
      if (after !== null && answer.errors?.some(({ extensions }) => extensions?.code === 'BAD_USER_INPUT'))
        throw new CursorRefused(why(answer));
      throw new GraphUnreachable(`The graph at ${url} did not give the enterprises: ${why(answer)}`);
    }
    return {
      enterprises: found.nodes.map(read),
      total: found.totalCount,
      next: found.pageInfo.hasNextPage ? (found.pageInfo.endCursor ?? null) : null,
    };
  };

  return {
    page: async (after) => page(PAGE, after, (told) => fromGraph(told, today())),
    versions: async (after) => page(VERSIONS, after, listed),
    async sheets(usccs, timeoutMs) {
      const sheets: ToldSheet[] = [];
      for (let start = 0; start < usccs.length; start += AT_ONCE) {
        const some = usccs.slice(start, start + AT_ONCE);
        const answer = await answerOf(sheetsSchema, SHEETS, { usccs: some, first: some.length }, timeoutMs);
        const found = answer.data?.enterprises;
        if (!found) throw new GraphUnreachable(`The graph at ${url} did not give the facts: ${why(answer)}`);
        for (const { uscc, factsVersion, facts } of found.nodes)
          if (facts !== null && facts !== undefined)
            sheets.push({ uscc, factsVersion: factsVersion ?? null, sheet: facts });
      }
      return sheets;
    },
    async enterprise(uscc) {
      const answer = await ask(ONE, { uscc });
      if (answer.data?.enterprise) return fromGraph(answer.data.enterprise, today());
      if (answer.errors?.length)
        throw new GraphUnreachable(`The graph at ${url} did not give the enterprise: ${why(answer)}`);
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
          // Registered, but without a sheet: the register failed for it, which is not the same as knowing nothing.
          if (node.facts === null || node.facts === undefined)
            throw new GraphUnreachable(
              `The graph at ${url} did not give the facts of ${node.uscc} on ${day}: ${why(answer)}`,
            );
          enterprises.push(fromGraph(node, day));
        }
      }
      return enterprises;
    },
  };
}

/** What the register does not state is empty: nothing in the city has an empty code. */
const statedOr = (stated: Told['region']): ListedEnterprise['region'] => stated ?? { code: '', name: '' };

const listed = ({
  uscc,
  name,
  industry,
  region,
  factsVersion,
  creditStanding,
  predecessors,
}: Told): ListedEnterprise => ({
  uscc,
  name,
  industry: statedOr(industry),
  region: statedOr(region),
  factsVersion: factsVersion ?? null,
  credit: creditStanding ?? null,
  predecessors: predecessors ?? null,
});

const fromGraph = (told: Told, day: LegalDay): EnterpriseFromGraph =>
  withSheet(listed(told), { factsVersion: told.factsVersion ?? null, sheet: told.facts }, day);

/** Puts an enterprise and its sheet together. */
export function withSheet(
  { uscc, name, industry, region, credit, predecessors }: ListedEnterprise,
  { factsVersion, sheet }: Pick<ToldSheet, 'factsVersion' | 'sheet'>,
  day: LegalDay,
): EnterpriseFromGraph {
  const { facts } = factsOfSheet(sheet, credit, day);
  return {
    uscc,
    name,
    industry,
    region,
    predecessors,
    facts,
    told: sheetDays(sheet, factsVersion, day, facts),
    creditKnown: credit !== null,
  };
}
