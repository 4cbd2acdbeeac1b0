// A department as somebody else writes it: plain JavaScript, the library graphql-http over node:http, the gateway's
// vouching verified by what docs/identity shows.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildASTSchema, parse } from 'graphql';
import { createHandler } from 'graphql-http';
import { verifyAssertion } from '../../../docs/identity/verify.mjs';

const SDL = readFileSync(process.env.PARKS_SCHEMA, 'utf8');
const park = (id) => ({ __typename: 'Park', id, name: `公园 ${id}` });
const schema = buildASTSchema(
  parse(
    `${SDL}\nscalar _Any union _Entity = Park extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`,
  ),
  { assumeValidSDL: true },
);
const handle = createHandler({
  schema,
  rootValue: {
    parks: () => [park('1'), park('2')],
    _entities: ({ representations }) => representations.map(({ id }) => park(id)),
  },
});

async function answer(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  try {
    verifyAssertion({
      token: request.headers['x-zhitong-assertion'] ?? '',
      body,
      keySet: JSON.parse(readFileSync(process.env.ZHITONG_GATEWAY_KEYS, 'utf8')),
      department: 'parks',
      now: Date.now() / 1000,
    });
  } catch (error) {
    const refusal = { errors: [{ message: error.message, extensions: { code: 'UNAUTHENTICATED' } }] };
    return [JSON.stringify(refusal), { status: 401, headers: { 'content-type': 'application/json' } }];
  }
  return handle({
    url: request.url,
    method: request.method,
    headers: request.headers,
    body: body.toString('utf8'),
    raw: request,
  });
}

const server = createServer((request, response) => {
  answer(request).then(
    ([body, { status, headers }]) => response.writeHead(status, headers).end(body),
    () => response.writeHead(400).end(),
  );
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/graphql`));
