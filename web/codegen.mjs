// The types of the pages' operations, from the graph as a caller sees it: `npm run codegen` and the build call it.
import { Supergraph } from '@apollo/federation-internals';
import { generate } from '@graphql-codegen/cli';
import { preset } from '@graphql-codegen/client-preset';
import { Kind, parse, printSchema } from 'graphql';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;

const supergraph = () => readFileSync(path.join(folder, '..', 'gateway', 'supergraph.graphql'), 'utf8');

/** The graph's schema without what joins its departments. */
const publicSchema = () => printSchema(Supergraph.build(supergraph()).apiSchema().toGraphQLJSSchema());

/** For each query and mutation that is not for everybody the roles that the graph lets pass (`@access`). */
function rolesOfRoots() {
  const roots = parse(supergraph()).definitions.filter(
    ({ kind, name }) => kind === Kind.OBJECT_TYPE_DEFINITION && ['Query', 'Mutation'].includes(name.value),
  );
  return Object.fromEntries(
    roots.flatMap(({ fields }) =>
      fields.flatMap(({ name, directives }) => {
        const access = directives.find((directive) => directive.name.value === 'access');
        const [roles] = access?.arguments ?? [];
        return roles === undefined ? [] : [[name.value, roles.value.values.map(({ value }) => value)]];
      }),
    ),
  );
}

/** Pages that ask the schema registry's own graph. */
const OF_THE_REGISTRY = 'src/pages/engineer/registry/**';

/** Writes `src/generated/`. @throws Error that names an operation which its graph cannot answer. */
export async function generateOperations() {
  await generateFor('src/generated/', publicSchema(), [
    'src/**/*.{ts,tsx}',
    '!src/generated/**',
    `!${OF_THE_REGISTRY}`,
  ]);
  writeFileSync(
    path.join(folder, 'src', 'generated', 'roles.ts'),
    `/** Whom the graph lets give a command or ask a question that is not for everybody. */\nexport const ROLES_OF = ${JSON.stringify(rolesOfRoots())} as const;\n`,
  );
  const registry = readFileSync(path.join(folder, '..', 'registry', 'schema.graphql'), 'utf8');
  await generateFor('src/generated/registry/', registry, [`${OF_THE_REGISTRY}/*.{ts,tsx}`]);
}

async function generateFor(into, schema, documents) {
  await generate(
    {
      schema,
      documents: documents.map((pattern) =>
        pattern.startsWith('!') ? `!${path.join(folder, pattern.slice(1))}` : path.join(folder, pattern),
      ),
      ignoreNoDocuments: true,
      silent: true,
      errorsOnly: true,
      generates: {
        [path.join(folder, into)]: {
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
