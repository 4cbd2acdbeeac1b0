import { Kind, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

type Path = readonly (string | number)[];

/**
 * The part of an error's path that the operation asked for. The query plan may fetch a field that nobody asked for, because
 * another department's field requires it (`@requires`); the path of its error then ends at the object that was asked for.
 */
export function askedPath(path: Path, { operation, document }: { operation: OperationDefinitionNode; document: DocumentNode }): Path {
  const fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [])));
  let selections: readonly SelectionSetNode[] = [operation.selectionSet];
  for (const [at, step] of path.entries()) {
    if (typeof step === 'number') continue;
    const fields = selections.flatMap((set) => fieldsOf(set, step, fragments));
    if (fields.length === 0) return path.slice(0, at);
    selections = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
  }
  return path;
}

/** The fields of a selection set that answer under a response name, fragments followed. */
function fieldsOf({ selections }: SelectionSetNode, responseName: string, fragments: ReadonlyMap<string, FragmentDefinitionNode>): FieldNode[] {
  return selections.flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return (selection.alias ?? selection.name).value === responseName ? [selection] : [];
      case Kind.INLINE_FRAGMENT:
        return fieldsOf(selection.selectionSet, responseName, fragments);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments.get(selection.name.value);
        return fragment === undefined ? [] : fieldsOf(fragment.selectionSet, responseName, fragments);
      }
    }
  });
}
