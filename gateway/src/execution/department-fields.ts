import { getNamedType, isCompositeType, isInterfaceType, isObjectType, Kind, OperationTypeNode, parse, type ConstDirectiveNode, type DocumentNode, type GraphQLCompositeType, type GraphQLSchema, type SelectionSetNode } from 'graphql';

/** What one department has of the graph, as far as plans must be held against it. */
interface Possession {
  /** For each type, the names of the fields of each of its keys. */
  readonly keys: Map<string, string[][]>;
  /** `Type.field` that the department only names, because it requires or provides it. */
  readonly external: Set<string>;
  /** `Type.field` with which it provides fields that it only names. */
  readonly providing: Set<string>;
}

/** Which keys and fields each department has, read from the supergraph. */
export class DepartmentFields {
  readonly #supergraph: GraphQLSchema;
  readonly #departments = new Map<string, Possession>();

  constructor(supergraph: GraphQLSchema, supergraphSdl: string) {
    this.#supergraph = supergraph;
    this.#read(parse(supergraphSdl, { noLocation: true }));
  }

  /** Whether a representation holds a whole key by which a department knows things of its type. */
  identifies(representation: Readonly<Record<string, unknown>>, department: string): boolean {
    const keys = this.#departments.get(department)?.keys.get(String(representation['__typename'])) ?? [];
    return keys.some((key) => key.every((field) => Object.hasOwn(representation, field)));
  }

  /** A field that a question asks for and that the department only names, as `Type.field`; undefined when there is none. */
  misplaced(document: DocumentNode, department: string): string | undefined {
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const possession = this.#departments.get(department);
    if (operation === undefined || possession === undefined || possession.external.size === 0) return undefined;
    const root = operation.operation === OperationTypeNode.MUTATION ? this.#supergraph.getMutationType() : this.#supergraph.getQueryType();
    return this.#misplaced(operation.selectionSet, root ?? undefined, possession);
  }

  #misplaced({ selections }: SelectionSetNode, type: GraphQLCompositeType | undefined, possession: Possession): string | undefined {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue; // The planner writes none.
      const found = selection.kind === Kind.FIELD ? this.#misplacedField(selection, type, possession) : this.#misplaced(selection.selectionSet, this.#typeOf(selection.typeCondition?.name.value) ?? type, possession);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #misplacedField({ name: { value: name }, selectionSet }: Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>, type: GraphQLCompositeType | undefined, possession: Possession): string | undefined {
    const coordinate = `${type?.name ?? ''}.${name}`;
    if (possession.external.has(coordinate)) return coordinate;
    if (selectionSet === undefined || possession.providing.has(coordinate)) return undefined;
    const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    const inner = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const named = inner === undefined ? undefined : getNamedType(inner.type);
    return this.#misplaced(selectionSet, isCompositeType(named) ? named : undefined, possession);
  }

  #typeOf(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#supergraph.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  #read({ definitions }: DocumentNode): void {
    const byGraph = new Map<string, Possession>();
    const of = (graph: string): Possession => {
      const known = byGraph.get(graph) ?? { keys: new Map(), external: new Set(), providing: new Set() };
      byGraph.set(graph, known);
      return known;
    };
    for (const definition of definitions) {
      if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph') {
        for (const { name, directives = [] } of definition.values ?? []) this.#departments.set(argument(directives[0], 'name') ?? name.value, of(name.value));
      }
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
      for (const [graph, key] of applied(definition.directives, 'join__type', 'key')) {
        const { keys } = of(graph);
        keys.set(definition.name.value, [...(keys.get(definition.name.value) ?? []), topFields(key)]);
      }
      for (const field of definition.fields ?? []) {
        const coordinate = `${definition.name.value}.${field.name.value}`;
        for (const [graph] of applied(field.directives, 'join__field', 'external')) of(graph).external.add(coordinate);
        for (const [graph] of applied(field.directives, 'join__field', 'provides')) of(graph).providing.add(coordinate);
      }
    }
    for (const { keys, external } of byGraph.values()) for (const [type, sets] of keys) for (const field of sets.flat()) external.delete(`${type}.${field}`);
  }
}

/** The graphs for which a directive of the supergraph is applied with an argument, and the argument. */
function applied(directives: readonly ConstDirectiveNode[] | undefined, name: string, wanted: string): [graph: string, value: string][] {
  return (directives ?? []).flatMap((directive): [string, string][] => {
    const [graph, value] = [argument(directive, 'graph'), argument(directive, wanted)];
    return directive.name.value === name && graph !== undefined && value !== undefined && value !== 'false' ? [[graph, value]] : [];
  });
}

function argument(directive: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = directive?.arguments?.find((given) => given.name.value === name)?.value;
  return value !== undefined && 'value' in value ? String(value.value) : undefined;
}

/** Names of the fields at the top of a set of fields such as `seal { code } number`. */
function topFields(fieldSet: string): string[] {
  const [operation] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : [])) : [];
}
