import { getNamedType, isCompositeType, isInterfaceType, isObjectType, Kind, OperationTypeNode, parse, type ConstDirectiveNode, type DocumentNode, type GraphQLCompositeType, type GraphQLSchema, type SelectionSetNode } from 'graphql';

/** What one department has of the graph, as far as plans must be held against it. */
interface Possession {
  /** For each type, the names of the fields of each of its keys. */
  readonly keys: Map<string, string[][]>;
  /** `Type.field` that the department only names, because it requires or provides it. */
  readonly external: Set<string>;
  /** `Type.field` with which it provides fields that it only names. */
  readonly providing: Set<string>;
  /** By `Type.field`, the names of the fields that it must be told of first. */
  readonly needs: Map<string, string[]>;
}

/** Names of the fields of the objects that a question is about which the department is told with it. */
export type Told = ReadonlySet<string> | undefined;

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

  /**
   * What is wrong with a question: that it asks for a field which the department only names, or for one without telling what
   * the department needs for it. Undefined when nothing is.
   */
  faultOf(document: DocumentNode, department: string, told: Told): string | undefined {
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const possession = this.#departments.get(department);
    if (operation === undefined || possession === undefined || possession.external.size === 0) return undefined;
    const root = operation.operation === OperationTypeNode.MUTATION ? this.#supergraph.getMutationType() : this.#supergraph.getQueryType();
    return this.#faultIn(operation.selectionSet, root ?? undefined, { possession, told });
  }

  #faultIn({ selections }: SelectionSetNode, type: GraphQLCompositeType | undefined, at: { possession: Possession; told: Told }): string | undefined {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue; // The planner writes none.
      const found = selection.kind === Kind.FIELD ? this.#faultAt(selection, type, at) : this.#faultIn(selection.selectionSet, this.#typeOf(selection.typeCondition?.name.value) ?? type, at);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #faultAt({ name: { value: name }, selectionSet }: Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>, type: GraphQLCompositeType | undefined, { possession, told }: { possession: Possession; told: Told }): string | undefined {
    const coordinate = `${type?.name ?? ''}.${name}`;
    if (possession.external.has(coordinate)) return `${coordinate}, which it does not have`;
    if (possession.needs.get(coordinate)?.some((needed) => told?.has(needed) !== true) === true) return `${coordinate} without being told what that needs`;
    if (selectionSet === undefined || possession.providing.has(coordinate)) return undefined;
    const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    const inner = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const named = inner === undefined ? undefined : getNamedType(inner.type);
    // Only of the objects that a question is about is the department told anything.
    return this.#faultIn(selectionSet, isCompositeType(named) ? named : undefined, { possession, told: name === '_entities' ? told : undefined });
  }

  #typeOf(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#supergraph.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  #read({ definitions }: DocumentNode): void {
    const byGraph = new Map<string, Possession>();
    const of = (graph: string): Possession => {
      const known = byGraph.get(graph) ?? { keys: new Map(), external: new Set(), providing: new Set(), needs: new Map() };
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
        for (const [graph, needed] of applied(field.directives, 'join__field', 'requires')) of(graph).needs.set(coordinate, topFields(needed));
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
