import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { wholeSchema } from '@zhitong/kit/schema';

const FOLDER = path.join(process.cwd(), 'subgraphs');

/** In this file of its folder a department binds types of its schema to the records that its resolvers pass on. */
const BINDINGS = 'resolver-types.json';

/** The types of a department's resolvers: those that it binds are its records, everything else is generated. */
function subgraph(name: string): CodegenConfig['generates'] {
  const mappers = JSON.parse(readFileSync(path.join(FOLDER, name, BINDINGS), 'utf8')) as Record<string, string>;
  return {
    [`subgraphs/${name}/src/generated/resolvers-types.ts`]: {
      schema: wholeSchema(readFileSync(path.join(FOLDER, name, 'schema.graphql'), 'utf8')),
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        contextType: '../context.js#Context',
        mappers,
        enumsAsTypes: true,
        useTypeImports: true,
        emitLegacyCommonJSImports: false,
        strictScalars: true,
        defaultScalarType: 'unknown',
        scalars: { ID: 'string', Date: 'string', DateTime: { input: 'Date', output: 'Date' }, Decimal: 'string', JSON: 'unknown', FactSheet: 'unknown', _FieldSet: 'string' },
        inputMaybeValue: 'T | null | undefined',
        maybeValue: 'T | null | undefined',
        resolversNonOptionalTypename: false,
      },
    },
  };
}

const config: CodegenConfig = {
  generates: Object.assign({}, ...readdirSync(FOLDER).filter((name) => existsSync(path.join(FOLDER, name, BINDINGS))).map(subgraph)) as CodegenConfig['generates'],
};

export default config;
