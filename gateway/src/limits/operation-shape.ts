import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** How large an operation is with its fragments spread out, before anything of it is run. */
export interface OperationShape {
  /** Levels of nested fields; `{ a { b } }` has 2. Introspection (`__schema`, `__type`) is not counted. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
}

const EMPTY: OperationShape = { depth: 0, aliases: 0, rootFields: 0 };

/** Measures a valid operation (no fragment cycles). Each fragment is measured once, however often it is spread. */
export function operationShape(document: DocumentNode, operation: OperationDefinitionNode): OperationShape {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const measured = new Map<FragmentDefinitionNode, OperationShape>();

  const ofFragment = (name: string): OperationShape => {
    const fragment = fragments.get(name);
    if (fragment === undefined) return EMPTY;
    const known = measured.get(fragment);
    if (known !== undefined) return known;
    const shape = ofSelections(fragment.selectionSet);
    measured.set(fragment, shape);
    return shape;
  };

  const ofSelections = ({ selections }: SelectionSetNode): OperationShape =>
    selections.reduce<OperationShape>((total, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return sum(total, ofFragment(selection.name.value));
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum(total, ofSelections(selection.selectionSet));
      const alias = selection.alias === undefined ? 0 : 1;
      const inner =
        selection.selectionSet === undefined || selection.name.value.startsWith('__')
          ? EMPTY
          : ofSelections(selection.selectionSet);
      return sum(total, { depth: inner.depth + 1, aliases: inner.aliases + alias, rootFields: 1 });
    }, EMPTY);

  return ofSelections(operation.selectionSet);
}

function sum(one: OperationShape, other: OperationShape): OperationShape {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    rootFields: one.rootFields + other.rootFields,
  };
}
