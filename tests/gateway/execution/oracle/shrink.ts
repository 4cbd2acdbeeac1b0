import {
  Kind,
  parse,
  print,
  validate,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';
import type { Operation } from './draw-operation.js';
import type { Trial } from './trial.js';

const MOST_TRIES = 150;

/** Leaves out of a failing operation what can be left out while it goes on failing. */
export async function shrink(
  failing: Trial,
  again: (operation: Operation) => Promise<Trial>,
  schema: GraphQLSchema,
): Promise<Trial> {
  let smallest = failing;
  let tries = 0;
  for (let index = 0; index < selectionsIn(smallest.operation.document) && tries < MOST_TRIES;) {
    const smaller = without(smallest.operation, index, schema);
    const trial = smaller === undefined ? undefined : await again(smaller);
    tries += smaller === undefined ? 0 : 1;
    if (trial !== undefined && trial.complaints.length > 0) smallest = trial;
    else index += 1;
  }
  return smallest;
}

const SELECTIONS: readonly string[] = [Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD];
const isSelection = (node: { kind: string }): node is SelectionNode => SELECTIONS.includes(node.kind);

function selectionsIn(document: DocumentNode): number {
  let count = 0;
  visit(document, { enter: (node) => void (count += isSelection(node) ? 1 : 0) });
  return count;
}

/** The operation without the n-th selection and what is then not used any more; undefined when that is not valid. */
function without({ document, variables }: Operation, index: number, schema: GraphQLSchema): Operation | undefined {
  let count = -1;
  const cut: DocumentNode = visit(document, {
    enter(node) {
      if (!isSelection(node)) return undefined;
      count += 1;
      return count === index ? null : undefined;
    },
    SelectionSet: {
      leave: (node) =>
        node.selections.length === 0
          ? { ...node, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }] }
          : undefined,
    },
  });
  const tidy = withoutUnused(cut);
  let text: string;
  try {
    text = print(tidy);
  } catch {
    return undefined;
  }
  const parsed = parse(text, { noLocation: true });
  if (validate(schema, parsed).length > 0) return undefined;
  const declared = new Set(
    parsed.definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION
        ? (node.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
        : [],
    ),
  );
  return {
    text,
    document: parsed,
    variables: Object.fromEntries(Object.entries(variables).filter(([name]) => declared.has(name))),
  };
}

function withoutUnused(document: DocumentNode): DocumentNode {
  const spread = new Set<string>();
  visit(document, { FragmentSpread: ({ name }) => void spread.add(name.value) });
  const definitions = document.definitions.filter(
    (node) => node.kind !== Kind.FRAGMENT_DEFINITION || spread.has(node.name.value),
  );
  const used = new Set<string>();
  for (const node of definitions) {
    const withoutHead = node.kind === Kind.OPERATION_DEFINITION ? { ...node, variableDefinitions: [] } : node;
    visit(withoutHead, { Variable: ({ name }) => void used.add(name.value) });
  }
  const kept = {
    ...document,
    definitions: definitions.map((node) =>
      node.kind === Kind.OPERATION_DEFINITION
        ? {
            ...node,
            variableDefinitions: (node.variableDefinitions ?? []).filter(({ variable }) =>
              used.has(variable.name.value),
            ),
          }
        : node,
    ),
  };
  return definitions.length === document.definitions.length ? kept : withoutUnused(kept);
}
