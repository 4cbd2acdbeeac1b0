// A department in plain JavaScript, as another repository may have it: node permits.mjs. What it must do is in
// docs/joining.md.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildASTSchema, graphql, GraphQLError, parse } from 'graphql';
import { verifyAssertion } from '../identity/verify.mjs';

const NAME = 'permits';
const KEYS = process.env.ZHITONG_GATEWAY_KEYS; // the gateway's public keys, from its /.well-known/jwks.json
const MOST_BYTES = 1_048_576;
const permitsOf = new Map([['91110000600037341L', ['P-1', 'P-2']]]);

const enterprise = (uscc) => ({
  __typename: 'Enterprise',
  uscc,
  permits: (_args, { actor }) => {
    if (!actor?.roles.includes('OFFICER')) throw new GraphQLError('Permits are for officers.', { extensions: { code: actor === null ? 'UNAUTHENTICATED' : 'FORBIDDEN' } });
    return (permitsOf.get(uscc) ?? []).map((number) => ({ number }));
  },
});
const rootValue = {
  permitCount: () => [...permitsOf.values()].flat().length,
  _entities: ({ representations }) => representations.map(({ uscc }) => enterprise(uscc)),
};
const MACHINERY = 'scalar _Any union _Entity = Enterprise extend type Query { _entities(representations: [_Any!]!): [_Entity]! }';
const sdl = readFileSync(new URL('permits.graphql', import.meta.url), 'utf8');
const schema = buildASTSchema(parse(`${sdl}\n${MACHINERY}`), { assumeValidSDL: true });

async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answer(request) {
  const body = await bodyOf(request);
  let actor;
  try {
    const token = request.headers['x-zhitong-assertion'] ?? '';
    actor = verifyAssertion({ token, body, keySet: JSON.parse(readFileSync(KEYS, 'utf8')), department: NAME, now: Date.now() / 1000 });
  } catch (error) {
    return [401, { errors: [{ message: error.message, extensions: { code: 'UNAUTHENTICATED' } }] }];
  }
  const { query, variables } = JSON.parse(body.toString('utf8'));
  return [200, await graphql({ schema, source: query, variableValues: variables, rootValue, contextValue: { actor } })];
}

const server = createServer((request, response) => {
  const send = ([status, json]) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  answer(request).then(send, () => send([400, { errors: [{ message: 'The request cannot be read.' }] }]));
});
server.listen(Number(process.env.PERMITS_PORT ?? 4005), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/graphql`));
