import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/** By department, what it has of the graph; plain data. */
export type Possessions = ReadonlyMap<string, Possession>;

/** What one department has of the graph, as far as plans must be held against it. */
interface Possession {
  /** For each type, the names of the fields of each of its keys. */
  readonly keys: Map<string, string[][]>;
  /** `Type.field` that the department only names, because it requires or provides it. */
  readonly external: Set<string>;
  /** By `Type.field`, the fields that it only names and serves all the same below that one (`@provides`). */
  readonly providing: Map<string, readonly FieldNode[]>;
  /** By `Type.field`, the names of the fields that it must get first. */
  readonly needs: Map<string, string[]>;
}

/** What is known at a place of a question. */
interface Place {
  readonly possession: Possession;
  readonly told: Told;
  /** What fields above provide here. */
  readonly provided: readonly FieldNode[];
}

/** Names of the fields of the objects that a question is about which the department gets with it. */
export type Told = ReadonlySet<string> | undefined;

/** Which keys and fields each department has. */
export class DepartmentFields {
  readonly #supergraph: GraphQLSchema;
  readonly #departments: Possessions;

  constructor(supergraph: GraphQLSchema, departments: Possessions) {
    this.#supergraph = supergraph;
    this.#departments = departments;
  }

  /** Whether a representation holds a whole key by which a department knows things of its type. */
  identifies(representation: Readonly<Record<string, unknown>>, department: string): boolean {
    const keys = this.#departments.get(department)?.keys.get(String(representation['__typename'])) ?? [];
    return keys.some((key) => key.every((field) => Object.hasOwn(representation, field)));
  }

  /** Names of the fields that a department must get before it can resolve one of a type. */
  needsOf(department: string, type: string, field: string): readonly string[] {
    return this.#departments.get(department)?.needs.get(`${type}.${field}`) ?? [];
  }

  /**
   * What is wrong with a question: that it asks for a field which the department only names, or for one without telling
   * what the department needs for it. Undefined when nothing is.
   */
  faultOf(document: DocumentNode, department: string, told: Told): string | undefined {
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const possession = this.#departments.get(department);
    if (operation === undefined || possession === undefined || possession.external.size === 0) return undefined;
    const root =
      operation.operation === OperationTypeNode.MUTATION
        ? this.#supergraph.getMutationType()
        : this.#supergraph.getQueryType();
    return this.#faultIn(operation.selectionSet, root ?? undefined, { possession, told, provided: [] });
  }

  #faultIn({ selections }: SelectionSetNode, type: GraphQLCompositeType | undefined, at: Place): string | undefined {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue; // The planner writes none.
      const found =
        selection.kind === Kind.FIELD
          ? this.#faultAt(selection, type, at)
          : this.#faultIn(selection.selectionSet, this.#typeOf(selection.typeCondition?.name.value) ?? type, at);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #faultAt(
    { name: { value: name }, selectionSet }: FieldNode,
    type: GraphQLCompositeType | undefined,
    { possession, told, provided }: Place,
  ): string | undefined {
    const coordinate = `${type?.name ?? ''}.${name}`;
    const providedHere = provided.filter((field) => field.name.value === name);
    if (possession.external.has(coordinate) && providedHere.length === 0)
      return `${coordinate}, which it does not have`;
    const isKnown = (needed: string): boolean =>
      told?.has(needed) === true || provided.some((field) => field.name.value === needed);
    if (possession.needs.get(coordinate)?.every(isKnown) === false)
      return `${coordinate} without being told what that needs`;
    if (selectionSet === undefined) return undefined;
    const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    const inner = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const named = inner === undefined ? undefined : getNamedType(inner.type);
    return this.#faultIn(selectionSet, isCompositeType(named) ? named : undefined, {
      possession,
      // Only of the objects that a question is about does the department get anything.
      told: name === '_entities' ? told : undefined,
      provided: [...providedHere.flatMap(fieldsBelow), ...(possession.providing.get(coordinate) ?? [])],
    });
  }

  #typeOf(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#supergraph.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

/** Reads of a supergraph which keys and fields each department has. @throws GraphQLError when it is no SDL */
export function possessionsIn(supergraphSdl: string): Possessions {
  const departments = new Map<string, Possession>();
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const byGraph = new Map<string, Possession>();
  const of = (graph: string): Possession => {
    const known = byGraph.get(graph) ?? {
      keys: new Map(),
      external: new Set(),
      providing: new Map(),
      needs: new Map(),
    };
    byGraph.set(graph, known);
    return known;
  };
  for (const definition of definitions) {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph') {
      for (const { name, directives = [] } of definition.values ?? [])
        departments.set(argument(directives[0], 'name') ?? name.value, of(name.value));
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const [graph, key] of applied(definition.directives, 'join__type', 'key')) {
      const { keys } = of(graph);
      keys.set(definition.name.value, [...(keys.get(definition.name.value) ?? []), namesOf(topFields(key))]);
    }
    for (const field of definition.fields ?? []) {
      const coordinate = `${definition.name.value}.${field.name.value}`;
      for (const [graph] of applied(field.directives, 'join__field', 'external')) of(graph).external.add(coordinate);
      for (const [graph, needed] of applied(field.directives, 'join__field', 'requires'))
        of(graph).needs.set(coordinate, namesOf(topFields(needed)));
      for (const [graph, provided] of applied(field.directives, 'join__field', 'provides'))
        of(graph).providing.set(coordinate, topFields(provided));
    }
  }
  for (const { keys, external } of byGraph.values())
    for (const [type, sets] of keys) for (const field of sets.flat()) external.delete(`${type}.${field}`);
  return departments;
}

/** The graphs for which a directive of the supergraph is applied with an argument, and the argument. */
function applied(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
  wanted: string,
): [graph: string, value: string][] {
  return (directives ?? []).flatMap((directive): [string, string][] => {
    const [graph, value] = [argument(directive, 'graph'), argument(directive, wanted)];
    return directive.name.value === name && graph !== undefined && value !== undefined && value !== 'false'
      ? [[graph, value]]
      : [];
  });
}

function argument(directive: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = directive?.arguments?.find((given) => given.name.value === name)?.value;
  return value !== undefined && 'value' in value ? String(value.value) : undefined;
}

/** The fields at the top of a set of fields such as `seal { code } number`, whatever types they are on. */
function topFields(fieldSet: string): FieldNode[] {
  const [operation] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? fieldsOf(operation.selectionSet) : [];
}

function fieldsOf({ selections }: SelectionSetNode): FieldNode[] {
  // A set of fields has no named fragments.
  return selections.flatMap((selection) =>
    selection.kind === Kind.FIELD
      ? [selection]
      : selection.kind === Kind.INLINE_FRAGMENT
        ? fieldsOf(selection.selectionSet)
        : [],
  );
}

const fieldsBelow = ({ selectionSet }: FieldNode): FieldNode[] =>
  selectionSet === undefined ? [] : fieldsOf(selectionSet);

const namesOf = (fields: readonly FieldNode[]): string[] => fields.map(({ name }) => name.value);
