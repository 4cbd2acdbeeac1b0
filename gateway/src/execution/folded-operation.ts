import { saidError } from '@zhitong/kit';
import {
  doTypesOverlap,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { tooComplex } from '../gateway-error.js';
import { said } from '../refusal-words.js';

/** A field as the client selects it, after `@skip` and `@include`. */
export interface FoldedField {
  readonly kind: 'field';
  readonly node: FieldNode;
  /** The client's response key. */
  readonly key: string;
  /** The type on which it is selected. */
  readonly parent: GraphQLCompositeType;
  /** What is selected of it; undefined for a leaf, and for introspection, which is read from the node. */
  readonly selections: readonly FoldedSelection[] | undefined;
  /** The name under which departments are asked for it; see `nameFields`. */
  internal: string;
}

/** A fragment on a type of objects; those on interfaces and unions are spread, or stand once for each type. */
export interface FoldedFragment {
  readonly kind: 'fragment';
  readonly on: GraphQLObjectType;
  readonly selections: readonly FoldedSelection[];
}

export type FoldedSelection = FoldedField | FoldedFragment;

/** Selections of an operation, fragments spread; more are refused before anything is planned. */
const MOST_SELECTIONS = 10_000;

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
}

/** The variables that decide `@skip` and `@include` in an operation and the fragments that it reaches. */
export function conditionVariables(operation: OperationDefinitionNode, fragments: Fragments): string[] {
  const names = new Set<string>();
  const reached = new Set<string>();
  const look = (node: OperationDefinitionNode | FragmentDefinitionNode): void =>
    void visit(node, {
      Directive: ({ name, arguments: given }) => {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
      FragmentSpread: ({ name: { value: name } }) => {
        const fragment = fragments.get(name);
        if (fragment === undefined || reached.has(name)) return;
        reached.add(name);
        look(fragment);
      },
    });
  look(operation);
  return [...names].sort();
}

export interface FoldRequest {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  readonly schema: GraphQLSchema;
  /** Values of the variables that decide `@skip` and `@include`. */
  readonly conditions: Readonly<Record<string, unknown>>;
}

/**
 * A valid operation by the values of its conditions: what is skipped is gone, fragments that always apply are spread in
 * the order written, those that never do are gone, and of one on an interface or union there is one for each type of
 * objects.
 * @throws GraphQLError QUERY_TOO_COMPLEX when its fragments grow out of hand.
 */
export function foldOperation({ operation, fragments, schema, conditions }: FoldRequest): FoldedSelection[] {
  const root = schema.getRootType(operation.operation);
  if (!root) throw saidError('BAD_USER_INPUT', said('NO_SUCH_ROOT', { operation: operation.operation }));
  return new Folding(schema, fragments, conditions).fold(operation.selectionSet, root);
}

class Folding {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;
  readonly #conditions: Readonly<Record<string, unknown>>;
  #count = 0;

  constructor(schema: GraphQLSchema, fragments: Fragments, conditions: Readonly<Record<string, unknown>>) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#conditions = conditions;
  }

  fold({ selections }: SelectionSetNode, parent: GraphQLCompositeType): FoldedSelection[] {
    return selections.flatMap((selection) => (this.#counts(selection) ? this.#selection(selection, parent) : []));
  }

  #selection(selection: SelectionNode, parent: GraphQLCompositeType): FoldedSelection[] {
    this.#count += 1;
    if (this.#count > MOST_SELECTIONS)
      throw tooComplex({
        measure: 'selections',
        actual: null,
        limit: MOST_SELECTIONS,
        told: { counted: { en: 'selected fields, fragments spread', zh: '展开片段后的字段' } },
      });
    if (selection.kind === Kind.FIELD) return [this.#field(selection, parent)];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
    if (fragment === undefined) return [];
    const on = fragment.typeCondition === undefined ? parent : this.#schema.getType(fragment.typeCondition.name.value);
    if (!isCompositeType(on) || !doTypesOverlap(this.#schema, parent, on)) return [];
    if (this.#always(on, parent)) return this.fold(fragment.selectionSet, parent);
    return this.#members(on, parent).flatMap((type): FoldedFragment[] => {
      const inner = this.fold(fragment.selectionSet, type);
      return inner.length === 0 ? [] : [{ kind: 'fragment', on: type, selections: inner }];
    });
  }

  /** Whether everything that stands at a place of type `parent` is of type `on`, with the fields of `on`. */
  #always(on: GraphQLCompositeType, parent: GraphQLCompositeType): boolean {
    if (on === parent) return true;
    if (!isAbstractType(on)) return false;
    if (!isUnionType(parent) && this.#schema.isSubType(on, parent)) return true;
    return (
      isUnionType(on) &&
      isAbstractType(parent) &&
      this.#schema.getPossibleTypes(parent).every((type) => this.#schema.isSubType(on, type))
    );
  }

  /**
   * The types of objects that may stand at a place of type `parent` and are of type `on`. The planner is asked about
   * each: it cannot plan every fragment on an interface or union below another.
   */
  #members(on: GraphQLCompositeType, parent: GraphQLCompositeType): readonly GraphQLObjectType[] {
    if (isObjectType(on)) return [on];
    return this.#schema.getPossibleTypes(on).filter((type) => doTypesOverlap(this.#schema, parent, type));
  }

  #field(node: FieldNode, parent: GraphQLCompositeType): FoldedField {
    const name = node.name.value;
    const key = node.alias?.value ?? name;
    const type = fieldOf(parent, name)?.type;
    const named = type === undefined ? undefined : getNamedType(type);
    const selections =
      node.selectionSet === undefined || !isCompositeType(named) ? undefined : this.fold(node.selectionSet, named);
    return { kind: 'field', node, key, parent, selections, internal: name };
  }

  #counts({ directives = [] }: SelectionNode): boolean {
    return directives.every((directive) => {
      if (directive.name.value === 'skip') return !this.#decided(directive);
      return directive.name.value !== 'include' || this.#decided(directive);
    });
  }

  #decided({ arguments: given = [] }: DirectiveNode): boolean {
    const value = given[0]?.value;
    if (value?.kind === Kind.VARIABLE) return this.#conditions[value.name.value] === true;
    return value?.kind === Kind.BOOLEAN && value.value;
  }
}

/** A field of a type by its name; undefined for introspection and for unions, which have none. */
export function fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (isUnionType(type)) return undefined;
  const fields = type.getFields();
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Whether the type of what stands at a place must be known to decide what of the selection applies to it. */
export function needsType(type: GraphQLCompositeType, selections: readonly FoldedSelection[]): boolean {
  return (
    isAbstractType(type) &&
    selections.some((selection) => selection.kind === 'fragment' || selection.node.name.value === '__typename')
  );
}
