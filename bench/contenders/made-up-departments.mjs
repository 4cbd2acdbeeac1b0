// All departments of the city without their rules and databases: each answers whatever its schema has with one made-up
// value of the type, so that what a gateway costs can be measured without theirs.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { wholeSchema } from '../../kit/dist/schema/index.js';
import { readDepartments } from '../../kit/dist/departments/index.js';

// The project's own: the peers of the benchmark bring another `graphql`, which refuses schemas of this one.
const require = createRequire(path.resolve(import.meta.dirname, '..', '..', 'package.json'));
const { buildSubgraphSchema } = require('@apollo/subgraph');
const { execute, getNamedType, getNullableType, isAbstractType, isEnumType, isListType, parse } = require('graphql');
const SUBGRAPHS = path.resolve(import.meta.dirname, '..', '..', 'subgraphs');
const VALUES = {
  Int: 3,
  Float: 0.5,
  Boolean: true,
  Date: '2026-10-20',
  DateTime: '2026-10-20T04:00:00Z',
  Decimal: '12.50',
  JSON: {},
};

function madeUp(type, schema) {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [madeUp(nullable.ofType, schema)];
  const named = getNamedType(nullable);
  if (isEnumType(named)) return named.getValues()[0].value;
  if (isAbstractType(named)) return { __typename: schema.getPossibleTypes(named)[0].name };
  if ('getFields' in named) return {};
  return VALUES[named.name] ?? '91110000600037341L';
}

function answering(sdl) {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
  const documents = new Map();
  return async ({ query, variables }) => {
    if (!documents.has(query)) documents.set(query, parse(query));
    return execute({
      schema,
      document: documents.get(query),
      variableValues: variables,
      rootValue: {},
      fieldResolver: (source, args, _context, { fieldName, returnType }) => {
        if (fieldName === '_entities') return args.representations.map((one) => ({ ...one }));
        return source[fieldName] ?? madeUp(returnType, schema);
      },
    });
  };
}

const urls = {};
for (const { name } of readDepartments(SUBGRAPHS)) {
  const sdl = wholeSchema(readFileSync(path.join(SUBGRAPHS, name, 'schema.graphql'), 'utf8'));
  const answer = answering(sdl);
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    response.setHeader('content-type', 'application/json');
    response.end(text === '' ? '{"status":"ready"}' : JSON.stringify(await answer(JSON.parse(text))));
  });
  server.keepAliveTimeout = 600_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  urls[name] = `http://127.0.0.1:${server.address().port}/graphql`;
}
process.send({ urls });
process.on('disconnect', () => process.exit(0));
