import {
  buildASTSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  validateSchema,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { tagsOf } from './department-tags.js';

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** Tags by coordinate: `Type.field`, `Type.field(argument:)`, `Input.field`, `Enum.VALUE`; where there are any. */
export type TagTable = ReadonlyMap<string, readonly string[]>;

/** What a contract makes of the graph. */
export interface ContractView {
  /** Undefined: nothing can be asked in it, so there is no such contract. */
  readonly document: DocumentNode | undefined;
  /** Where it is not closed, one sentence each that begins with the coordinate; then it cannot be served. */
  readonly faults: readonly string[];
}

/** The tags in a composed supergraph. */
export function tagTable(supergraphSdl: string): TagTable {
  const table = new Map<string, readonly string[]>();
  const add = (coordinate: string, node: Parameters<typeof tagsOf>[0]): void => {
    const tags = tagsOf(node);
    if (tags.length > 0) table.set(coordinate, tags);
  };
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    const type = 'name' in definition ? (definition.name?.value ?? '') : '';
    if ('fields' in definition)
      for (const field of definition.fields ?? []) {
        add(`${type}.${field.name.value}`, field);
        if ('arguments' in field)
          for (const argument of field.arguments ?? [])
            add(`${type}.${field.name.value}(${argument.name.value}:)`, argument);
      }
    if ('values' in definition) for (const value of definition.values ?? []) add(`${type}.${value.name.value}`, value);
  }
  return table;
}

/**
 * The part of the graph that a contract shows: fields with one of its tags, and what they need. An argument, an input
 * field and an enum value go with what has them unless they have tags of their own, none of which is the contract's.
 * Types that cannot be reached from a field that is shown are left out.
 *
 * It must be closed: whatever a shown field can answer is shown, down to each type behind an interface or union and
 * each value of an enum, for an answer would name it all the same; what must be given can be given.
 * @param api The whole graph, without federation's machinery.
 */
export function contractView(
  api: DocumentNode,
  { name, shown, tags }: { name: string; shown: readonly string[] | null; tags: TagTable },
): ContractView {
  if (shown === null) return { document: api, faults: [] };
  const walk = new ContractWalk(api, { name, shown, tags });
  const document = walk.document();
  if (document === undefined || walk.faults.length > 0) return { document, faults: walk.faults };
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  return {
    document,
    faults: [...validateSchema(schema).map(({ message }) => `${message} (${name})`), ...lostDefaults(schema, name)],
  };
}

class ContractWalk {
  readonly faults: string[] = [];
  readonly #types: ReadonlyMap<string, TypeDefinitionNode>;
  readonly #name: string;
  readonly #shown: readonly string[];
  readonly #tags: TagTable;
  readonly #reached = new Set<string>();

  constructor(api: DocumentNode, { name, shown, tags }: { name: string; shown: readonly string[]; tags: TagTable }) {
    this.#types = new Map(
      api.definitions.flatMap((definition) =>
        isTypeDefinition(definition) ? [[definition.name.value, definition]] : [],
      ),
    );
    this.#name = name;
    this.#shown = shown;
    this.#tags = tags;
  }

  document(): DocumentNode | undefined {
    if (!this.#hasFields('Query')) return undefined;
    for (const root of ROOTS) if (this.#hasFields(root)) this.#reach(root);
    return {
      kind: Kind.DOCUMENT,
      definitions: [...this.#types.values()]
        .filter((type) => this.#reached.has(type.name.value))
        .map((type) => this.#shownPart(type)),
    };
  }

  #reach(name: string): void {
    const type = this.#types.get(name);
    if (type === undefined || this.#reached.has(name)) return;
    this.#reached.add(name);
    if (type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const field of this.#fieldsOf(type)) this.#reachField(`${name}.${field.name.value}`, field);
      if (type.kind === Kind.INTERFACE_TYPE_DEFINITION) this.#reachPossible(type, this.#implementers(name));
    } else if (type.kind === Kind.UNION_TYPE_DEFINITION)
      this.#reachPossible(
        type,
        (type.types ?? []).map((member) => member.name.value),
      );
    else if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
      for (const field of type.fields ?? []) this.#reachInput(`${name}.${field.name.value}`, field);
  }

  #reachField(coordinate: string, field: FieldDefinitionNode): void {
    for (const argument of field.arguments ?? []) this.#reachInput(`${coordinate}(${argument.name.value}:)`, argument);
    const name = namedType(field.type);
    const type = this.#types.get(name);
    if (isFieldHolder(type) && !this.#hasFields(name))
      this.faults.push(`${coordinate} shows ${name}, of which the contract "${this.#name}" shows nothing.`);
    else if (type?.kind === Kind.ENUM_TYPE_DEFINITION)
      for (const value of type.values ?? [])
        if (!this.#shows(`${name}.${value.name.value}`))
          this.faults.push(
            `${coordinate} can answer ${name}.${value.name.value}, which the contract "${this.#name}" does not show.`,
          );
    this.#reach(name);
  }

  /** What has tags of its own, none of them the contract's, is left out; what must be given cannot be. */
  #reachInput(coordinate: string, input: InputValueDefinitionNode): void {
    if (this.#shows(coordinate)) this.#reach(namedType(input.type));
    else if (input.type.kind === Kind.NON_NULL_TYPE && input.defaultValue === undefined)
      this.faults.push(`${coordinate} must be given, and the contract "${this.#name}" does not show it.`);
  }

  #reachPossible(type: TypeDefinitionNode, names: readonly string[]): void {
    for (const name of names) {
      if (this.#hasFields(name)) this.#reach(name);
      else
        this.faults.push(`${type.name.value} can be a ${name}, of which the contract "${this.#name}" shows nothing.`);
    }
  }

  #implementers(name: string): string[] {
    return [...this.#types.values()]
      .filter(isFieldHolder)
      .filter((type) => type.interfaces?.some((one) => one.name.value === name))
      .map((type) => type.name.value);
  }

  /** What says nothing of its own goes with what has it; fields must say it, see `#fieldsOf`. */
  #shows(coordinate: string): boolean {
    return this.#tags.get(coordinate)?.some((tag) => this.#shown.includes(tag)) ?? true;
  }

  #fieldsOf(type: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode): readonly FieldDefinitionNode[] {
    const coordinate = (field: FieldDefinitionNode): string => `${type.name.value}.${field.name.value}`;
    return (type.fields ?? []).filter((field) => this.#tags.has(coordinate(field)) && this.#shows(coordinate(field)));
  }

  #hasFields(name: string): boolean {
    const type = this.#types.get(name);
    return isFieldHolder(type) && this.#fieldsOf(type).length > 0;
  }

  #shownPart(type: TypeDefinitionNode): TypeDefinitionNode {
    const name = type.name.value;
    if (isFieldHolder(type))
      return {
        ...type,
        interfaces: type.interfaces?.filter((one) => this.#reached.has(one.name.value)),
        fields: this.#fieldsOf(type).map((field) => ({
          ...field,
          arguments: field.arguments?.filter((argument) =>
            this.#shows(`${name}.${field.name.value}(${argument.name.value}:)`),
          ),
        })),
      };
    if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
      return { ...type, fields: type.fields?.filter((field) => this.#shows(`${name}.${field.name.value}`)) };
    if (type.kind === Kind.ENUM_TYPE_DEFINITION) return this.#shownValues(type);
    return type;
  }

  #shownValues(type: EnumTypeDefinitionNode): EnumTypeDefinitionNode {
    return {
      ...type,
      values: type.values?.filter((value) => this.#shows(`${type.name.value}.${value.name.value}`)),
    };
  }
}

/** Defaults that are made of what the contract does not show: without them the field would mean something else. */
function lostDefaults(schema: GraphQLSchema, contract: string): string[] {
  const faultOf = (coordinate: string, { astNode, defaultValue }: GraphQLArgument | GraphQLInputField): string[] =>
    astNode?.defaultValue !== undefined && defaultValue === undefined
      ? [`${coordinate} has a default that the contract "${contract}" does not show.`]
      : [];
  return Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => {
      if (isInputObjectType(type))
        return Object.values(type.getFields()).flatMap((field) => faultOf(`${type.name}.${field.name}`, field));
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields()).flatMap((field) =>
        field.args.flatMap((argument) => faultOf(`${type.name}.${field.name}(${argument.name}:)`, argument)),
      );
    });
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

const isTypeDefinition = (definition: DefinitionNode): definition is TypeDefinitionNode =>
  definition.kind.endsWith('TypeDefinition');

const isFieldHolder = (
  type: TypeDefinitionNode | undefined,
): type is ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode =>
  type?.kind === Kind.OBJECT_TYPE_DEFINITION || type?.kind === Kind.INTERFACE_TYPE_DEFINITION;
