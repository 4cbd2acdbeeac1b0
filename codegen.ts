import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { wholeSchema } from '@zhitong/kit/schema';
import { Kind, parse } from 'graphql';
import { isPayload, OPTIONAL_SUFFIX, REFUSED_OR_WHOLE } from './scripts/demanded-resolvers.mjs';

const FOLDER = path.join(process.cwd(), 'subgraphs');

/** In this file of its folder a department binds types of its schema to the records that its resolvers pass on. */
const BINDINGS = 'resolver-types.json';

/** What a mutation returns is a refusal, or all the other fields. */
const payloadRecords = (schema: string): Record<string, string> =>
  Object.fromEntries(
    parse(schema).definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && isPayload(definition)
        ? [[definition.name.value, REFUSED_OR_WHOLE]]
        : [],
    ),
  );

/**
 * The types of a service's resolvers: what it binds are its records, everything else is generated.
 * @param isSubgraph a department's; otherwise a graph of its own, beside the city's.
 */
function resolverTypes(folder: string, isSubgraph: boolean): CodegenConfig['generates'] {
  const own = readFileSync(path.join(folder, 'schema.graphql'), 'utf8');
  const schema = isSubgraph ? wholeSchema(own) : own;
  const bound = JSON.parse(readFileSync(path.join(folder, BINDINGS), 'utf8')) as Record<string, string>;
  const mappers = isSubgraph ? { ...payloadRecords(schema), ...bound } : bound;
  return {
    [`${folder}/src/generated/resolvers-types.ts`]: {
      schema,
      plugins: ['typescript', 'typescript-resolvers', './scripts/demanded-resolvers.mjs'],
      config: {
        federation: isSubgraph,
        contextType: '../context.js#Context',
        mappers,
        resolverTypeSuffix: OPTIONAL_SUFFIX,
        allResolversTypeName: 'AllFields',
        // A field that may be null must be there all the same: one that was added to the schema alone does not compile.
        avoidOptionals: { field: true },
        enumsAsTypes: true,
        useTypeImports: true,
        emitLegacyCommonJSImports: false,
        strictScalars: true,
        defaultScalarType: 'unknown',
        scalars: {
          ID: 'string',
          Date: 'string',
          DateTime: { input: 'Date', output: 'Date' },
          Decimal: 'string',
          JSON: 'unknown',
          FactSheet: 'unknown',
          _FieldSet: 'string',
        },
        inputMaybeValue: 'T | null | undefined',
        maybeValue: 'T | null | undefined',
        resolversNonOptionalTypename: false,
      },
    },
  };
}

const config: CodegenConfig = {
  generates: Object.assign(
    {},
    ...readdirSync(FOLDER)
      .filter((name) => existsSync(path.join(FOLDER, name, BINDINGS)))
      .map((name) => resolverTypes(`subgraphs/${name}`, true)),
    resolverTypes('registry', false),
  ) as CodegenConfig['generates'],
};

export default config;
