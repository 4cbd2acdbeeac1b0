import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, print, visit, type DocumentNode, type OperationDefinitionNode, type SelectionNode } from 'graphql';
import { askedSelection, type AskedSelection } from './asked-selection.js';
import type { DepartmentFields } from './subgraph-fields.js';
import { definedVariables, type PreparedFetch } from './plan-steps.js';

const ENTITIES = '_entities';

export interface DividedFetch {
  /** What can be asked without the values that are lost; undefined when nothing can. */
  readonly rest: (PreparedFetch & { readonly requires: readonly QueryPlanSelectionNode[] }) | undefined;
  /** What cannot. */
  readonly left: AskedSelection;
}

/**
 * The planner asks a department in one exchange for fields that need different things. Where one of those is lost, the
 * fields that do without it are asked by themselves.
 * @param lost names of required fields that are missing.
 */
export function divideFetch(fetch: PreparedFetch, lost: ReadonlySet<string>, fields: DepartmentFields): DividedFetch {
  const isKept = (type: string, field: string): boolean =>
    !fields.needsOf(fetch.department, type, field).some((needed) => lost.has(needed));
  const [kept, left] = [true, false].map((wanted) =>
    withEntities(fetch.document, (type, field) => isKept(type, field) === wanted),
  );
  return {
    rest: kept === undefined ? undefined : restOf(fetch, kept, lost),
    left: left === undefined ? [] : askedOf(left, fetch),
  };
}

function restOf(fetch: PreparedFetch, document: DocumentNode, lost: ReadonlySet<string>): DividedFetch['rest'] {
  const defined = definedVariables(document);
  return {
    ...fetch,
    document,
    query: print(document),
    variables: fetch.variables.filter((name) => defined.has(name)),
    requires: without(fetch.requires ?? [], lost),
    asked: askedOf(document, fetch),
  };
}

const askedOf = (document: DocumentNode, { outputRewrites }: PreparedFetch): AskedSelection =>
  askedSelection(document, outputRewrites, true);

/** A question about entities with the fields that are wanted of them; undefined when there are none. */
function withEntities(
  document: DocumentNode,
  isWanted: (type: string, field: string) => boolean,
): DocumentNode | undefined {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const selections = operation?.selectionSet.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind !== Kind.FIELD || selection.name.value !== ENTITIES || selection.selectionSet === undefined)
      return [];
    const inner = wantedOf(selection.selectionSet.selections, '', isWanted);
    return inner.length === 0 ? [] : [{ ...selection, selectionSet: { ...selection.selectionSet, selections: inner } }];
  });
  if (operation === undefined || selections === undefined || selections.length === 0) return undefined;
  const asked: OperationDefinitionNode = { ...operation, selectionSet: { ...operation.selectionSet, selections } };
  const used = new Set<string>();
  visit(asked.selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  return {
    ...document,
    definitions: [
      {
        ...asked,
        variableDefinitions: asked.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value)),
      },
    ],
  };
}

function wantedOf(
  selections: readonly SelectionNode[],
  type: string,
  isWanted: (type: string, field: string) => boolean,
): SelectionNode[] {
  const wanted = selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []; // The planner writes none.
    if (selection.kind === Kind.FIELD)
      return selection.name.value === '__typename' || isWanted(type, selection.name.value) ? [selection] : [];
    const inner = wantedOf(selection.selectionSet.selections, selection.typeCondition?.name.value ?? type, isWanted);
    return inner.length === 0 ? [] : [{ ...selection, selectionSet: { ...selection.selectionSet, selections: inner } }];
  });
  return wanted.some((selection) => selection.kind !== Kind.FIELD || selection.name.value !== '__typename')
    ? wanted
    : [];
}

function without(requires: readonly QueryPlanSelectionNode[], lost: ReadonlySet<string>): QueryPlanSelectionNode[] {
  return requires.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === 'InlineFragment') return [{ ...selection, selections: without(selection.selections, lost) }];
    return lost.has(selection.name) ? [] : [selection];
  });
}
