import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
  print,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import { fieldOf, needsType, type FoldedField, type FoldedSelection } from './folded-operation.js';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
/** Begins the names of variables that stand for literals while the planner works. */
const LITERAL = '__literal';

/** An operation as the planner is asked about it. */
export interface InternalDocument {
  /** Undefined when no department needs to be asked. */
  readonly document: DocumentNode | undefined;
  /** Puts the client's own literals and defaults back into a question for a department. */
  readonly finish: (query: string) => string;
}

/**
 * Writes a folded operation for the planner, with its internal names. Literals of custom scalars go round the planner,
 * which would turn numbers into floating-point ones: a `Decimal` of twenty digits arrives as it was written.
 */
export function internalDocument(
  root: readonly FoldedSelection[],
  operation: OperationDefinitionNode,
): InternalDocument {
  const definitions = operation.variableDefinitions ?? [];
  const literals = new Literals(new Set(definitions.map(({ variable }) => variable.name.value)));
  const selections = selectionNodes(root, literals);
  const finish = (query: string): string =>
    literals.size === 0 && definitions.every(({ defaultValue }) => defaultValue === undefined)
      ? query
      : finished(query, literals, definitions);
  if (selections.length === 0) return { document: undefined, finish };
  const definition: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: operation.operation,
    name: operation.name,
    variableDefinitions: [...definitions, ...literals.definitions()],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  return { document: { kind: Kind.DOCUMENT, definitions: [definition] }, finish };
}

function selectionNodes(selections: readonly FoldedSelection[], literals: Literals): SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === 'field')
      return selection.node.name.value.startsWith('__') ? [] : [fieldNode(selection, literals)];
    const inner = selectionNodes(selection.selections, literals);
    if (inner.length === 0) return [];
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: selection.on.name } },
        selectionSet: { kind: Kind.SELECTION_SET, selections: inner },
      },
    ];
  });
}

function fieldNode({ node, parent, selections, internal }: FoldedField, literals: Literals): FieldNode {
  const definition = fieldOf(parent, node.name.value);
  const named = definition === undefined ? undefined : getNamedType(definition.type);
  const inner = selections === undefined ? undefined : selectionNodes(selections, literals);
  const isTyped = selections !== undefined && isCompositeType(named) && needsType(named, selections);
  return {
    kind: Kind.FIELD,
    ...(internal === node.name.value ? {} : { alias: { kind: Kind.NAME, value: internal } }),
    name: node.name,
    arguments: (node.arguments ?? []).map((argument) => literals.argument(argument, definition)),
    // An object of which nothing is asked is asked for all the same: it may be null.
    ...(inner === undefined
      ? {}
      : {
          selectionSet: {
            kind: Kind.SELECTION_SET,
            selections: isTyped || inner.length === 0 ? [TYPENAME, ...inner] : inner,
          },
        }),
  };
}

/** Literals of custom scalars, each with a variable in its place. */
class Literals {
  readonly #literals = new Map<string, { readonly value: ValueNode; readonly type: string }>();
  readonly #taken: ReadonlySet<string>;

  /** @param taken names of the client's own variables. */
  constructor(taken: ReadonlySet<string>) {
    this.#taken = taken;
  }

  get size(): number {
    return this.#literals.size;
  }

  literalOf(variable: string): ValueNode | undefined {
    return this.#literals.get(variable)?.value;
  }

  definitions(): VariableDefinitionNode[] {
    return [...this.#literals].map(([name, { type }]) => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
      type: { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } } },
    }));
  }

  argument(argument: ArgumentNode, definition: GraphQLField<unknown, unknown> | undefined): ArgumentNode {
    const type = definition?.args.find(({ name }) => name === argument.name.value)?.type;
    return type === undefined ? argument : { ...argument, value: this.#value(argument.value, type) };
  }

  #value(value: ValueNode, given: GraphQLInputType): ValueNode {
    const type: GraphQLInputType = getNullableType(given);
    if (value.kind === Kind.VARIABLE || value.kind === Kind.NULL) return value;
    if (isListType(type)) {
      const of = type.ofType;
      // One value for a list is a list of one; a variable in its place would not be.
      return {
        kind: Kind.LIST,
        values: (value.kind === Kind.LIST ? value.values : [value]).map((item) => this.#value(item, of)),
      };
    }
    if (isInputObjectType(type)) {
      if (value.kind !== Kind.OBJECT) return value;
      const fields = type.getFields();
      return {
        ...value,
        fields: value.fields.map((field) => ({
          ...field,
          value: this.#value(field.value, fields[field.name.value]?.type ?? type),
        })),
      };
    }
    if (!isScalarType(type)) return value;
    if (isSpecifiedScalarType(type))
      return type.name === 'ID' && value.kind === Kind.INT ? { kind: Kind.STRING, value: value.value } : value;
    return holdsVariable(value) ? value : this.#hidden(value, type.name);
  }

  #hidden(value: ValueNode, type: string): ValueNode {
    let name = `${LITERAL}${this.#literals.size}`;
    while (this.#taken.has(name)) name += '_';
    this.#literals.set(name, { value, type });
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
  }
}

function holdsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(holdsVariable);
  return value.kind === Kind.OBJECT
    ? value.fields.some((field) => holdsVariable(field.value))
    : value.kind === Kind.VARIABLE;
}

function finished(query: string, literals: Literals, definitions: readonly VariableDefinitionNode[]): string {
  const own = new Map(definitions.map((definition) => [definition.variable.name.value, definition]));
  return print(
    visit(parse(query, { noLocation: true }), {
      VariableDefinition: (node) => {
        const { value: name } = node.variable.name;
        return literals.literalOf(name) === undefined ? (own.get(name) ?? node) : null;
      },
      Variable: (node) => literals.literalOf(node.name.value),
    }),
  );
}
