import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type SelectionSetNode,
} from 'graphql';

const ENTITIES = '_entities';

/** Why there is no response. */
export type OutageReason =
  | { readonly kind: 'no-answer' }
  /** The response has more bytes than `limit`: the operation asked for too much. */
  | { readonly kind: 'answer-too-large'; readonly limit: number };

export interface Outage {
  readonly department: string;
  readonly document: DocumentNode;
  readonly representations: readonly Readonly<Record<string, unknown>>[] | undefined;
  readonly reason: OutageReason;
}

export interface OutageAnswer {
  readonly data: Record<string, unknown>;
  readonly errors: readonly GraphQLFormattedError[];
}

/**
 * What the gateway goes on with when a department does not respond: every field that was asked of it is null, with an
 * error at its path. Nulls rather than nothing matter, because a field of another department may `@require` one of
 * these: it is then asked with "not known" instead of not being asked at all. What the gateway already knows of an
 * entity (its key) is left alone.
 */
export function outageAnswer({ department, document, representations, reason }: Outage): OutageAnswer {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const root = operation?.selectionSet;
  const entities = root?.selections.find(
    (selection) => selection.kind === Kind.FIELD && selection.name.value === ENTITIES,
  );
  if (entities?.kind === Kind.FIELD && entities.selectionSet !== undefined && representations !== undefined) {
    const { selectionSet } = entities;
    const lost = representations.map((known) =>
      responseKeys(selectionSet, String(known['__typename']), fragments).filter((key) => !(key in known)),
    );
    return {
      data: {
        [ENTITIES]: representations.map((known, index) => ({
          __typename: known['__typename'],
          ...nulls(lost[index] ?? []),
        })),
      },
      errors: lost.flatMap((keys, index) => keys.map((key) => lostField(department, reason, [ENTITIES, index, key]))),
    };
  }
  const keys = root === undefined ? [] : responseKeys(root, undefined, fragments);
  return { data: nulls(keys), errors: keys.map((key) => lostField(department, reason, [key])) };
}

function nulls(keys: readonly string[]): Record<string, null> {
  return Object.fromEntries(keys.map((key) => [key, null]));
}

function lostField(
  department: string,
  reason: OutageReason,
  path: readonly (string | number)[],
): GraphQLFormattedError {
  if (reason.kind === 'no-answer')
    return {
      message: `The system of the department "${department}" does not answer.`,
      path,
      extensions: { code: 'DEPARTMENT_UNAVAILABLE', subgraph: department },
    };
  const { limit } = reason;
  return {
    message: `What the department "${department}" answered is too large: at most ${limit} bytes are taken. Ask for smaller pages or fewer fields at once.`,
    path,
    extensions: { code: 'QUERY_TOO_COMPLEX', measure: 'answerBytes', actual: null, limit, subgraph: department },
  };
}

/** Response keys of a selection on an object of the given type; without a type every fragment counts. */
function responseKeys(
  selectionSet: SelectionSetNode,
  typeName: string | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): string[] {
  const keys = selectionSet.selections.flatMap((selection): string[] => {
    if (selection.kind === Kind.FIELD)
      return selection.name.value === '__typename' ? [] : [selection.alias?.value ?? selection.name.value];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const condition = fragment?.typeCondition?.name.value;
    const applies = condition === undefined || typeName === undefined || condition === typeName;
    return fragment !== undefined && applies ? responseKeys(fragment.selectionSet, typeName, fragments) : [];
  });
  return [...new Set(keys)];
}
