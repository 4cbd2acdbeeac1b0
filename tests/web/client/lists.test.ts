import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import {
  getNamedType,
  GraphQLObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const sources = path.join(root, 'web', 'src');
const schema = Supergraph.build(readFileSync(path.join(root, 'gateway', 'supergraph.graphql'), 'utf8'))
  .apiSchema()
  .toGraphQLJSSchema();

/** Lists of which a page shows the beginning alone, and why that is enough. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  'OfficialsFound.serviceOfficers': 'found by what is typed; it says how many more there are',
  'WhoThereIs.enterprises': 'suggestions where a role is chosen in development; any other code can be typed',
};

const documents = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated') && !file.includes('registry'))
  .flatMap((file) =>
    [...readFileSync(path.join(sources, file), 'utf8').matchAll(/graphql\(\s*\/\* GraphQL \*\/\s*`([^`]*)`/g)].map(
      ([, text = '']) => parse(text),
    ),
  );
const fragments = new Map<string, FragmentDefinitionNode>(
  documents.flatMap(({ definitions }) =>
    definitions.flatMap((definition): [string, FragmentDefinitionNode][] =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  ),
);

/** Names of the fields that a selection asks for, in its fragments as well. */
const selected = ({ selections }: SelectionSetNode): string[] =>
  selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return selected(selection.selectionSet);
    const fragment = fragments.get(selection.name.value);
    return fragment === undefined ? [] : selected(fragment.selectionSet);
  });

/** Lists of the pages' operations, by operation and field, that can be cut and cannot be gone on with. */
function cutLists(): string[] {
  return documents.flatMap((document) => {
    const cut: string[] = [];
    const types = new TypeInfo(schema);
    let within = '';
    visit(
      document,
      visitWithTypeInfo(types, {
        OperationDefinition: ({ name }) => void (within = name?.value ?? ''),
        FragmentDefinition: ({ name }) => void (within = name.value),
        Field: (field: FieldNode) => {
          const type = getNamedType(types.getType());
          if (!(type instanceof GraphQLObjectType) || !('pageInfo' in type.getFields())) return;
          const asked = field.selectionSet === undefined ? [] : selected(field.selectionSet);
          const showsRows = asked.some((name) => ['nodes', 'edges'].includes(name));
          const goesOn = asked.includes('pageInfo') && field.arguments?.some(({ name }) => name.value === 'after');
          if (showsRows && goesOn !== true) cut.push(`${within}.${(field.alias ?? field.name).value}`);
        },
      }),
    );
    return cut;
  });
}

it('each list of a page can be gone on with, or its beginning is enough for a reason', () => {
  expect(cutLists().sort()).toEqual(Object.keys(BEGINNINGS).sort());
});
