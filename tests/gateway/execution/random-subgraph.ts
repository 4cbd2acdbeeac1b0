import { createHash } from 'node:crypto';
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  print,
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';

type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

/** How a department misbehaves, each in hundredths of its values. */
export interface Manners {
  /** Null, also where the schema forbids it. */
  readonly nulls: number;
}

export interface RandomAnswer {
  readonly data: Json;
}

/** What stands at a place of an answer, and which thing it is, however it was asked for. */
interface Place {
  readonly path: Path;
  readonly thing: string;
}

/** Keys are always there: without them a department is not asked at all. */
const KEYS: ReadonlySet<string> = new Set(['uscc', 'id', 'number']);
/**
 * Required by another department and never null: where it is null all the same, Apollo's executor hands that on and
 * ours does not.
 */
const REQUIRED: ReadonlySet<string> = new Set(['size', 'code']);
const ENTITY = /^entity\((.*)\)$/;

/**
 * What a department answers to a query: of the form that was asked for, with values by chance, but always the same for
 * the same seed and thing: a field of an entity has one value, whoever is asked for it, under which name and in which
 * query.
 */
export function randomAnswer({
  schema,
  query,
  variables,
  seed,
  manners,
}: {
  schema: GraphQLSchema;
  query: string;
  variables: Readonly<Json>;
  seed: number;
  manners: Manners;
}): RandomAnswer {
  const document = parse(query);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('A department is asked with an operation.');
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const root = operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error('The department has no such root.');
  const answer = new Answer({ schema, fragments, variables, manners, seed: String(seed) });
  const data = answer.object(root, operation.selectionSet.selections, { path: [], thing: root.name });
  return { data };
}

class Answer {
  readonly #options: {
    schema: GraphQLSchema;
    fragments: ReadonlyMap<string, FragmentDefinitionNode>;
    variables: Readonly<Json>;
    manners: Manners;
    seed: string;
  };

  constructor(options: {
    schema: GraphQLSchema;
    fragments: ReadonlyMap<string, FragmentDefinitionNode>;
    variables: Readonly<Json>;
    manners: Manners;
    seed: string;
  }) {
    this.#options = options;
  }

  object(type: GraphQLObjectType, selections: readonly SelectionNode[], place: Place): Json {
    const made: Json = {};
    const thing = this.#identity(type, place.thing);
    for (const [key, { field, inner }] of this.#fields(type, selections)) {
      const name = field.name.value;
      const below = {
        path: [...place.path, key],
        thing: `${thing}.${name}(${(field.arguments ?? [])
          .map((argument) => this.#argument(argument))
          .sort()
          .join()})`,
      };
      if (name === '__typename') made[key] = type.name;
      else if (name === '_entities') made[key] = this.#entities(inner, below);
      else made[key] = this.#value(type.getFields()[name]?.type, inner, below, name);
    }
    return made;
  }

  /** Entities are told apart by their keys, everything else by where it is found. */
  #identity(type: GraphQLObjectType, thing: string): string {
    const key = Object.keys(type.getFields()).find((name) => KEYS.has(name));
    return key === undefined ? thing : `${type.name}:${this.#keyOf(key, thing)}`;
  }

  #keyOf(key: string, thing: string): string {
    return ENTITY.exec(thing)?.[1] ?? `${key}-${this.#chance(thing, 'key') % 7}`;
  }

  #argument({ name, value }: ArgumentNode): string {
    return `${name.value}:${value.kind === Kind.VARIABLE ? JSON.stringify(this.#options.variables[value.name.value]) : print(value)}`;
  }

  /** The fields that are asked of a type, by response key, fragments followed and repeated ones merged. */
  #fields(
    type: GraphQLObjectType,
    selections: readonly SelectionNode[],
  ): Map<string, { field: FieldNode; inner: readonly SelectionNode[] }> {
    const found = new Map<string, { field: FieldNode; inner: readonly SelectionNode[] }>();
    const add = (key: string, field: FieldNode, inner: readonly SelectionNode[]): void =>
      void found.set(key, { field, inner: [...(found.get(key)?.inner ?? []), ...inner] });
    for (const selection of selections) {
      if (!this.#counts(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        add(selection.alias?.value ?? selection.name.value, selection, selection.selectionSet?.selections ?? []);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#options.fragments.get(selection.name.value);
      const condition =
        fragment?.typeCondition === undefined ? type : this.#options.schema.getType(fragment.typeCondition.name.value);
      const applies =
        condition === type || (isAbstractType(condition) && this.#options.schema.isSubType(condition, type));
      if (fragment !== undefined && applies)
        for (const [key, { field, inner }] of this.#fields(type, fragment.selectionSet.selections))
          add(key, field, inner);
    }
    return found;
  }

  #counts({ directives = [] }: SelectionNode): boolean {
    return directives.every(({ name, arguments: [given] = [] }) => {
      const value =
        given?.value.kind === Kind.VARIABLE
          ? this.#options.variables[given.value.name.value]
          : given?.value.kind === Kind.BOOLEAN && given.value.value;
      return name.value === 'skip' ? value !== true : value === true;
    });
  }

  #entities(selections: readonly SelectionNode[], { path }: Place): unknown[] {
    const representations = this.#options.variables['representations'] as readonly Json[];
    return representations.map((representation, index) => {
      const type = this.#options.schema.getType(String(representation['__typename']));
      if (!isObjectType(type)) throw new Error(`Asked for an entity of type ${String(representation['__typename'])}.`);
      const key = Object.keys(representation).find((name) => KEYS.has(name));
      return this.object(type, selections, {
        path: [...path, index],
        thing: `entity(${String(key === undefined ? '' : representation[key])})`,
      });
    });
  }

  #value(type: GraphQLOutputType | undefined, inner: readonly SelectionNode[], place: Place, name: string): unknown {
    if (type === undefined) throw new Error(`Asked for a field that is not there: ${place.path.join('.')}.`);
    if (KEYS.has(name)) return place.thing.slice(place.thing.indexOf(':') + 1, place.thing.lastIndexOf('.'));
    if (!REQUIRED.has(name) && this.#chance(place.thing, 'value') < this.#options.manners.nulls) return null;
    return this.#present(isNonNullType(type) ? (type.ofType as GraphQLOutputType) : type, inner, place, name);
  }

  #present(type: GraphQLOutputType, inner: readonly SelectionNode[], place: Place, name: string): unknown {
    const { path, thing } = place;
    if (isListType(type))
      return Array.from({ length: this.#chance(thing, 'length') % 4 }, (_unused, index) =>
        this.#value(
          type.ofType as GraphQLOutputType,
          inner,
          { path: [...path, index], thing: `${thing}[${index}]` },
          '',
        ),
      );
    if (isObjectType(type)) return this.object(type, inner, place);
    if (isAbstractType(type)) {
      // Interfaces and unions have members in every department in the same order.
      const possible = [...this.#options.schema.getPossibleTypes(type)].sort((one, other) =>
        one.name < other.name ? -1 : 1,
      );
      const chosen = possible[this.#chance(thing, 'type') % possible.length];
      if (chosen === undefined) throw new Error(`${type.name} has no types.`);
      return this.object(chosen, inner, place);
    }
    if (isEnumType(type)) return type.getValues()[this.#chance(thing, 'enum') % type.getValues().length]?.name;
    switch (getNamedType(type).name) {
      case 'Int':
        return this.#chance(thing, 'int') - 50;
      case 'Float':
        return this.#chance(thing, 'float') / 8;
      case 'Boolean':
        return this.#chance(thing, 'boolean') % 2 === 0;
      default:
        return `${name}-${this.#chance(thing, 'text') % 7}`;
    }
  }

  /** A number from 0 to 99 that depends on seed and thing alone. */
  #chance(thing: string, what: string): number {
    return createHash('md5').update(`${this.#options.seed} ${thing} ${what}`).digest().readUInt32LE(0) % 100;
  }
}
