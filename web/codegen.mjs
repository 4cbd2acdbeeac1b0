// The types of the pages' operations, from the graph as a caller sees it: `npm run codegen` and the build call it.
import { Supergraph } from '@apollo/federation-internals';
import { generate } from '@graphql-codegen/cli';
import { preset } from '@graphql-codegen/client-preset';
import { printSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;

/** The graph's schema without what joins its departments. */
function publicSchema() {
  const supergraph = readFileSync(path.join(folder, '..', 'gateway', 'supergraph.graphql'), 'utf8');
  return printSchema(Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema());
}

/** Writes `src/generated/`. @throws Error that names an operation which the graph cannot answer. */
export async function generateOperations() {
  await generate(
    {
      schema: publicSchema(),
      documents: [path.join(folder, 'src/**/*.{ts,tsx}'), `!${path.join(folder, 'src/generated/**')}`],
      ignoreNoDocuments: true,
      silent: true,
      errorsOnly: true,
      generates: {
        [`${path.join(folder, 'src/generated')}/`]: {
          preset,
          presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
          config: {
            enumsAsTypes: true,
            useTypeImports: true,
            strictScalars: true,
            defaultScalarType: 'unknown',
            emitLegacyCommonJSImports: false,
            importExtension: '.js',
            scalars: {
              ID: 'string',
              Date: 'string',
              DateTime: 'string',
              Decimal: 'string',
              JSON: 'unknown',
              FactSheet: 'unknown',
            },
          },
        },
      },
    },
    true,
  );
}

if (process.argv[1] === import.meta.filename) await generateOperations();
