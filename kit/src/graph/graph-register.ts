import { checkUscc } from '@zhitong/values';
import { z } from 'zod';
import { askGraph, graphAnswer, GraphUnreachable } from './ask-graph.js';
import type { RegisterSource } from './register.js';
import type { ServiceToken } from './service-token.js';

/** A caller waits for the result. */
const TIMEOUT_MS = 5_000;

const coded = z.array(z.object({ code: z.string(), name: z.string().nullable() }));
const LISTS = 'query RegisterLists { departments { code name } regions { code name } }';
const listsShape = z.object({ departments: coded, regions: coded });
/** What is asked of an enterprise where it is to be known whether it is registered, and where what it is called. */
const EXISTENCE = 'uscc';
const CARD = 'uscc name shortName formerNames { name } industry { code }';
const WORDS = 'uscc identifyingWords { persons telephones addresses }';
/** What for, as it is recorded. */
const MASKING = '隐去匿名诉求中可指向企业的字词';
const strings = z.array(z.string());
const identifying = z.object({ persons: strings, telephones: strings, addresses: strings });
const enterprise = z.object({
  uscc: z.string(),
  name: z.string().nullish(),
  shortName: z.string().nullish(),
  formerNames: z.array(z.object({ name: z.string() })).nullish(),
  industry: z.object({ code: z.string() }).nullish(),
  identifyingWords: identifying.nullish(),
});
type ListedEnterprise = z.infer<typeof enterprise>;
const enterprisesShape = z.object({ enterprises: z.object({ nodes: z.array(enterprise) }) });
const lookedUpShape = z.object({
  data: z.record(z.string(), enterprise.nullable()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }))
    .optional(),
});
const projectsShape = z.record(
  z.string(),
  z
    .object({ id: z.string(), name: z.string().nullish(), enterprise: z.object({ uscc: z.string() }).nullable() })
    .nullable(),
);
const serviceItemsShape = z.record(
  z.string(),
  z.object({ id: z.string(), promisedDays: z.string().nullish() }).nullable(),
);

/** How the graph is asked. */
interface AskedGraph {
  readonly url: string;
  readonly token: ServiceToken;
  readonly timeoutMs: number;
  readonly purpose?: string;
}

/** The registry as the graph serves it, under this department's own identity. */
export function graphRegister({ url, token }: { url: string; token: ServiceToken }): RegisterSource {
  const graph: AskedGraph = { url, token, timeoutMs: TIMEOUT_MS };
  return {
    lists: async () => askGraph({ ...graph, query: LISTS, shape: listsShape }),
    enterprises: async (usccs) => (await registered(graph, usccs, EXISTENCE)).map(({ uscc }) => uscc),
    enterpriseNames: async (usccs) =>
      (await registered(graph, usccs, CARD)).map(({ uscc, name, shortName, formerNames, industry }) => ({
        uscc,
        names: [name, shortName, ...(formerNames ?? []).map((former) => former.name)].flatMap((known) =>
          known ? [known] : [],
        ),
        industry: industry?.code.charAt(0) ?? null,
      })),
    identifyingWords: async (usccs) =>
      (await registered({ ...graph, purpose: MASKING }, usccs, WORDS)).map(({ uscc, identifyingWords }) => {
        // Without them a text would be shown as masked that is not.
        if (!identifyingWords) throw new GraphUnreachable(`The registry does not tell what leads to ${uscc}`);
        return { uscc, ...identifyingWords };
      }),
    serviceItems: async (ids) => {
      const asked = eachAlone(
        'RegisteredServiceItems',
        { field: 'serviceItem', key: 'id', selection: 'id promisedDays' },
        ids,
      );
      const found = await askGraph({ ...graph, ...asked, shape: serviceItemsShape });
      return Object.values(found).flatMap((item) => (item === null ? [] : [item]));
    },
    projects: async (ids) => {
      const asked = eachAlone(
        'RegisteredProjects',
        { field: 'project', key: 'id', selection: 'id name enterprise { uscc }' },
        ids,
      );
      const found = await askGraph({ ...graph, ...asked, shape: projectsShape });
      return Object.values(found).flatMap((project) =>
        project === null ? [] : [{ id: project.id, uscc: project.enterprise?.uscc ?? null, name: project.name }],
      );
    },
  };
}

/** A query that asks a root field for each of some things by their keys, under names of their own. */
function eachAlone(
  operation: string,
  { field, key, selection }: { readonly field: string; readonly key: string; readonly selection: string },
  keys: readonly string[],
): { readonly query: string; readonly variables: Readonly<Record<string, string>> } {
  const named = keys.map((value, at) => [`n${String(at)}`, value] as const);
  const [parameters, fields] = [
    named.map(([name]) => `$${name}: ID!`).join(', '),
    named.map(([name]) => `${name}: ${field}(${key}: $${name}) { ${selection} }`).join(' '),
  ];
  return { query: `query ${operation}(${parameters}) { ${fields} }`, variables: Object.fromEntries(named) };
}

async function registered(
  graph: AskedGraph,
  usccs: readonly string[],
  fields: string,
): Promise<readonly ListedEnterprise[]> {
  const isRegular = (uscc: string): boolean => checkUscc(uscc).ok;
  const [regular, irregular] = [usccs.filter(isRegular), usccs.filter((uscc) => !isRegular(uscc))];
  const [listed, looked] = await Promise.all([
    listedEnterprises(graph, regular, fields),
    lookedUp(graph, irregular, fields),
  ]);
  return [...listed, ...looked];
}

async function listedEnterprises(
  graph: AskedGraph,
  usccs: readonly string[],
  fields: string,
): Promise<readonly ListedEnterprise[]> {
  if (usccs.length === 0) return [];
  const { enterprises } = await askGraph({
    ...graph,
    query: `query RegisteredEnterprises($usccs: [ID!]!, $first: Int!) { enterprises(first: $first, filter: { uscc: $usccs }) { nodes { ${fields} } } }`,
    variables: { usccs, first: usccs.length },
    shape: enterprisesShape,
  });
  return enterprises.nodes;
}

/**
 * Codes with an irregular check character, each looked up by itself: the registry refuses one that it does not hold as
 * mistyped, and in a list the whole list with it.
 */
async function lookedUp(
  graph: AskedGraph,
  usccs: readonly string[],
  fields: string,
): Promise<readonly ListedEnterprise[]> {
  if (usccs.length === 0) return [];
  const asked = eachAlone('LookedUpEnterprises', { field: 'enterprise', key: 'uscc', selection: fields }, usccs);
  const read = lookedUpShape.safeParse(await graphAnswer({ ...graph, ...asked }));
  if (!read.success)
    throw new GraphUnreachable(`The graph at ${graph.url} cannot be read: its answer has another form`);
  const other = read.data.errors?.find(({ extensions }) => extensions?.code !== 'BAD_USER_INPUT');
  if (other !== undefined) throw new GraphUnreachable(`The graph at ${graph.url} cannot be read: ${other.message}`);
  return Object.values(read.data.data ?? {}).flatMap((found) => (found === null ? [] : [found]));
}
