// The hub under attack: where it is, tokens for everybody, and what its graph looks like.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { privateFolder } from '../../gateway/dist/identity/development-keys.js';
import { developmentToken } from '../../launcher/dist/development-token.js';
import { client } from './client.mjs';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
export const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Refuses every address that is not this machine's. */
export function onThisMachine(url) {
  if (!LOOPBACK.has(new URL(url).hostname))
    throw new Error(`${url} is not on this machine. The attack runs against a hub on 127.0.0.1 only.`);
  return url;
}

/**
 * @param graph address of the gateway's graph.
 * @param operations address of the operations port; undefined: not attacked.
 * @param departments addresses of the departments' graphs, by name.
 * @param dataDir the hub's data folder, in which its development keys are.
 */
export async function target({ graph, operations, departments, dataDir, short }) {
  [graph, ...(operations === undefined ? [] : [operations]), ...Object.values(departments)].forEach(onThisMachine);
  const hub = client(graph);
  const token = (role, who = {}) => developmentToken({ role, ...who, ttlSeconds: 3_600, dataDir });
  const auditor = await token('AUDITOR');
  const read = async (query, variables) => {
    const { json, status, text } = await hub.ask({ query, variables }, { token: auditor });
    if (json?.data === undefined || json.data === null)
      throw new Error(`The hub at ${graph} does not answer an auditor: HTTP ${status} ${text.slice(0, 200)}`);
    return json.data;
  };
  const schema = buildClientSchema(await read(getIntrospectionQuery()));
  const { enterprises, departments: offices } = await read(
    '{ enterprises(first: 2, filter: { scale: [LARGE, MEDIUM] }) { nodes { uscc } } departments { code } }',
  );
  const [own, foreign] = enterprises.nodes.map(({ uscc }) => uscc);
  const signing = readFileSync(path.join(privateFolder(dataDir), 'signing-keys.pem'), 'utf8');
  return {
    ...hub,
    graph,
    operations,
    departments,
    short,
    schema,
    token,
    own,
    foreign,
    offices: offices.map(({ code }) => code),
    /** What only the gateway has; attacks use it to play a department that kept what was sent to it. */
    signingKeys: signing,
    developmentKey: readFileSync(path.join(privateFolder(dataDir), 'development-jwt.pem'), 'utf8'),
    supergraph: readFileSync(path.join(ROOT, 'gateway', 'supergraph.graphql'), 'utf8'),
    /** Everybody whom the contract knows, with a token; nobody first. */
    callers: async () => [
      { who: 'anonymous', role: null },
      ...(await Promise.all(
        [
          ['ENTERPRISE', { uscc: own }],
          ['OFFICER', { department: 'RSJ' }],
          ['OFFICER', { department: 'RMYH' }],
          ['OFFICER', { department: 'NOSUCH' }],
          ['COORDINATOR', {}],
          ['AUDITOR', {}],
          ['ADMIN', {}],
          ['SERVICE', { department: 'YSB' }],
        ].map(async ([role, who]) => ({
          who: [role, ...Object.values(who)].join(' '),
          role,
          token: await token(role, who),
        })),
      )),
    ],
    /** A neighbour asks something plain: it must succeed, whatever somebody else does. */
    neighbourIsAnswered: async () => {
      const answer = await hub.ask(
        {
          query:
            'query Neighbour($uscc: ID!) { enterprise(uscc: $uscc) { name cases(first: 1) { totalCount } creditStanding { grade } matchedPolicies(first: 1) { totalCount } } }',
          variables: { uscc: own },
        },
        { token: auditor },
      );
      return (
        answer.status === 200 &&
        answer.json?.errors === undefined &&
        typeof answer.json?.data?.enterprise?.name === 'string'
      );
    },
  };
}
