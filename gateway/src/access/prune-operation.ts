import { saidError, type Role } from '@zhitong/kit';
import {
  type GraphQLError,
  isAbstractType,
  Kind,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { maySee, type AccessTable, type RequiredRoles } from './access-table.js';
import { roleInChinese, said } from '../refusal-words.js';

/** Where refused fields stand in a result: by response key, either refused here or deeper down. */
interface Refusals {
  readonly here: Map<string, Refusal>;
  readonly below: Map<string, Refusals>;
}

interface Refusal {
  readonly coordinate: string;
  readonly required: RequiredRoles;
  /** Types on which the refused selection applies: the placeholder's possible values. */
  readonly typeNames: ReadonlySet<string>;
  readonly node: FieldNode;
}

/** An operation as this set of roles may run it. */
export interface PrunedOperation {
  readonly document: DocumentNode;
  /** True when a mutation itself is refused: then nothing of the operation may run. */
  readonly mutationRefused: boolean;
  readonly refusals: Refusals;
  readonly isAnonymous: boolean;
}

export interface PruneRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly schema: GraphQLSchema;
  readonly access: AccessTable;
  /** Null: an anonymous caller. */
  readonly roles: readonly Role[] | null;
}

/**
 * Takes the fields that the roles do not allow out of a valid operation, or returns undefined when all are allowed.
 * A refused field becomes `key: __typename` under its own response key: nothing of it is planned or fetched, its
 * fragments' conditions still hold, and `refuse` finds its places in the result and turns them into null with an error.
 */
export function pruneOperation({
  document,
  operation,
  schema,
  access,
  roles,
}: PruneRequest): PrunedOperation | undefined {
  const refused = new Map<FieldNode, Refusal>();
  const typeInfo = new TypeInfo(schema);
  const pruned = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: (node) => {
        const parent = typeInfo.getParentType();
        const coordinate = `${parent?.name ?? ''}.${node.name.value}`;
        const required = access.get(coordinate);
        if (parent === null || parent === undefined || required === undefined || maySee(required, roles))
          return undefined;
        const typeNames = new Set(
          isAbstractType(parent) ? schema.getPossibleTypes(parent).map(({ name }) => name) : [parent.name],
        );
        const placeholder: FieldNode = {
          kind: Kind.FIELD,
          alias: { kind: Kind.NAME, value: node.alias?.value ?? node.name.value },
          name: { kind: Kind.NAME, value: '__typename' },
          directives: node.directives,
        };
        refused.set(placeholder, { coordinate, required, typeNames, node });
        return placeholder;
      },
    }),
  );
  if (refused.size === 0) return undefined;
  const fragments = new Map(
    pruned.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const prunedOperation = pruned.definitions.find(
    (node) => node.kind === Kind.OPERATION_DEFINITION && node.name?.value === operation.name?.value,
  ) as OperationDefinitionNode; // visiting keeps every definition
  const refusals = locate([prunedOperation.selectionSet], refused, fragments);
  if (refusals === undefined) return undefined;
  return {
    document: pruned,
    mutationRefused: operation.operation === OperationTypeNode.MUTATION && refusals.here.size > 0,
    refusals,
    isAnonymous: roles === null,
  };
}

/** Turns the placeholders of a pruned operation's data into nulls, in place, and returns one error for each place. */
export function refuse(data: Record<string, unknown>, { refusals, isAnonymous }: PrunedOperation): GraphQLError[] {
  const errors: GraphQLError[] = [];
  refuseWithin(data, refusals, [], { errors, isAnonymous });
  return errors;
}

/** The errors of a mutation that does not run. */
export function refusedMutation({ refusals, isAnonymous }: PrunedOperation): GraphQLError[] {
  return [...refusals.here].map(([key, refusal]) => refusalError(refusal, [key], isAnonymous));
}

interface Collected {
  readonly errors: GraphQLError[];
  readonly isAnonymous: boolean;
}

function refuseWithin(
  value: unknown,
  refusals: Refusals,
  path: readonly (string | number)[],
  collected: Collected,
): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => refuseWithin(item, refusals, [...path, index], collected));
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const object = value as Record<string, unknown>; // a result's object
  for (const [key, refusal] of refusals.here) {
    const placeholder = object[key];
    if (typeof placeholder !== 'string' || !refusal.typeNames.has(placeholder)) continue;
    object[key] = null;
    collected.errors.push(refusalError(refusal, [...path, key], collected.isAnonymous));
  }
  for (const [key, below] of refusals.below) refuseWithin(object[key], below, [...path, key], collected);
}

function refusalError(
  { coordinate, required, node }: Refusal,
  path: readonly (string | number)[],
  isAnonymous: boolean,
): GraphQLError {
  const roles = required.map((allowed) => allowed.join(' or ')).join(', and ');
  const rolesInChinese = required.map((allowed) => allowed.map(roleInChinese).join('或')).join('，并有');
  const words = said(isAnonymous ? 'ROLE_NEEDED_ANONYMOUS' : 'ROLE_NEEDED', {
    what: coordinate,
    roles,
    rolesInChinese,
  });
  return saidError(isAnonymous ? 'UNAUTHENTICATED' : 'FORBIDDEN', words, { nodes: [node], path });
}

/**
 * Indexes the refused fields by where they come in a result; selections of one object (fragments, repeated fields) are
 * merged.
 */
function locate(
  selectionSets: readonly SelectionSetNode[],
  refused: ReadonlyMap<FieldNode, Refusal>,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Refusals | undefined {
  const here = new Map<string, Refusal>();
  const deeper = new Map<string, SelectionSetNode[]>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const refusal = refused.get(selection);
        if (refusal !== undefined)
          here.set(key, {
            ...refusal,
            typeNames: new Set([...refusal.typeNames, ...(here.get(key)?.typeNames ?? [])]),
          });
        else if (selection.selectionSet !== undefined)
          deeper.set(key, [...(deeper.get(key) ?? []), selection.selectionSet]);
      } else {
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT
            ? selection.selectionSet
            : fragments.get(selection.name.value)?.selectionSet;
        if (inner !== undefined) collect(inner);
      }
    }
  };
  selectionSets.forEach(collect);
  const below = new Map(
    [...deeper].flatMap(([key, sets]) => {
      const found = locate(sets, refused, fragments);
      return found === undefined ? [] : [[key, found] as const];
    }),
  );
  return here.size === 0 && below.size === 0 ? undefined : { here, below };
}
