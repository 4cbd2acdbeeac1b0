import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  GraphQLError,
  isScalarType,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { Dice } from './dice.js';
import { fieldFault, referenceFails, type Faults } from './faults.js';
import { spoil } from './spoil.js';
import { fieldSet, Thing, thingNamed, toldOf, truth, typeNameIn, valueOf, type Json } from './world-data.js';
import { fieldOf, keysIn, type World } from './world.js';

export interface Answer {
  readonly data?: Json | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** What is true while one operation is answered, and what is noted then. */
export interface Circumstances {
  readonly seed: string;
  readonly faults: Faults;
  /** Mutations in the order in which they were carried out. */
  readonly done: string[];
  /** What the gateway must never do, whatever fails: ask what the schema does not allow, name things wrongly. */
  readonly improper: string[];
}

/** A thing as a department holds it, with what it was told of it and what it may show of others' fields. */
interface Held {
  readonly __typename: string;
  readonly thing: Thing;
  readonly told?: Json;
  readonly provided?: SelectionSetNode;
}

/** A department of a world: a subgraph as departments build them, in this process. */
export class InventedDepartment {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly #world: World;
  readonly #documents = new Map<string, { document: DocumentNode; faults: readonly GraphQLError[] }>();

  constructor(world: World, name: string, sdl: string) {
    this.name = name;
    this.#world = world;
    const types = [...world.objects.keys(), ...world.interfaces.keys()].filter(
      (type) => keysIn(world, type, name).length > 0 || world.interfaces.get(type)?.key !== undefined,
    );
    const typeDefs = parse(sdl);
    const defined = new Set(
      typeDefs.definitions.flatMap((node) => ('name' in node && node.name !== undefined ? [node.name.value] : [])),
    );
    const look = async (representation: Json, circumstances: Circumstances): Promise<Held> =>
      this.#look(representation, circumstances);
    this.schema = buildSubgraphSchema({
      typeDefs,
      resolvers: Object.fromEntries(
        types.filter((type) => defined.has(type)).map((type) => [type, { __resolveReference: look }]),
      ),
    });
    keepDigits(this.schema);
  }

  /** Answers a question as it comes over HTTP: it is validated, and what comes back is JSON. */
  async ask(query: string, variables: Readonly<Json>, circumstances: Circumstances): Promise<Answer> {
    const { document, faults } = this.#read(query);
    for (const fault of faults)
      circumstances.improper.push(
        `${this.name} was asked what its schema does not allow: ${fault.message}\n  ${query}`,
      );
    if (faults.length > 0) return { errors: faults.map((fault) => fault.toJSON()) };
    const result = await execute({
      schema: this.schema,
      document,
      variableValues: JSON.parse(JSON.stringify(variables)) as Json,
      contextValue: circumstances,
      fieldResolver: this.#resolve,
    });
    const isBreaking =
      circumstances.faults.breaking.has(this.name) && result.data !== undefined && result.data !== null;
    const data = isBreaking
      ? spoil(result.data, new Dice(circumstances.faults.seed, query, JSON.stringify(variables)))
      : result.data;
    return JSON.parse(JSON.stringify({ ...result, data })) as Answer;
  }

  #read(query: string): { document: DocumentNode; faults: readonly GraphQLError[] } {
    const known = this.#documents.get(query);
    if (known !== undefined) return known;
    const document = parse(query, { noLocation: true });
    const read = { document, faults: validate(this.schema, document) };
    this.#documents.set(query, read);
    return read;
  }

  #look(representation: Json, { improper, faults }: Circumstances): Held {
    const typeName = String(representation['__typename']);
    const asConcrete = this.#world.interfaces.get(typeName)?.implementations[0] ?? typeName;
    const keys = keysIn(this.#world, asConcrete, this.name)
      .filter(({ isResolvable }) => isResolvable)
      .map(({ fields }) => fields);
    const thing = thingNamed(this.#world, representation, keys);
    if (thing === undefined) {
      // A department that breaks its word may have told the key wrongly.
      if (faults.breaking.size === 0)
        improper.push(`${this.name} was asked for a thing that no key names: ${JSON.stringify(representation)}`);
      throw new GraphQLError('There is no such thing.');
    }
    if (referenceFails(faults, this.name, thing))
      throw new GraphQLError(`${this.name} cannot look up ${thing.type} ${thing.index}.`);
    return { __typename: typeNameIn(this.#world, thing, this.name), thing, told: representation };
  }

  readonly #resolve: GraphQLFieldResolver<unknown, Circumstances> = (
    source,
    args: Json,
    { seed, faults, done, improper },
    { parentType, fieldName },
  ) => {
    const isRoot = parentType.name === 'Query' || parentType.name === 'Mutation';
    const held: Held = isRoot
      ? { __typename: parentType.name, thing: new Thing(parentType.name, 0) }
      : (source as Held);
    const { thing, provided } = held;
    const field = fieldOf(this.#world, thing.type, fieldName);
    const holding = field?.held.get(this.name) ?? {};
    if (field === undefined) throw new GraphQLError(`${this.name} has no ${parentType.name}.${fieldName}.`);
    if (parentType.name === 'Mutation') done.push(`${this.name} ${fieldName} ${JSON.stringify(args)}`);
    const within = selectedIn(provided, fieldName);
    const isKey = keysIn(this.#world, thing.type, this.name).some(({ fields }) =>
      fields.split(/\W+/).includes(fieldName),
    );
    if (holding.isExternal === true && within === undefined && !isKey) {
      improper.push(`${this.name} was asked for ${parentType.name}.${fieldName}, which it does not answer`);
      throw new GraphQLError(`${this.name} does not answer ${parentType.name}.${fieldName}.`);
    }
    const fault = fieldFault(faults, { department: this.name, thing, field: fieldName, type: field.type });
    if (fault === 'error') throw new GraphQLError(`${this.name} fails at ${thing.type} ${thing.index} ${fieldName}.`);
    if (fault === 'null') return null;
    const value = this.#value({ seed, held, typeName: parentType.name, name: fieldName, args });
    const made = this.#hold(value, holding.provides === undefined ? within?.selectionSet : fieldSet(holding.provides));
    return fault === 'item' && Array.isArray(made) && made.length > 0
      ? [...(made as unknown[]).slice(0, -1), new GraphQLError(`${this.name} fails at an item.`)]
      : made;
  };

  #value({
    seed,
    held: { thing, told, provided },
    typeName,
    name,
    args,
  }: {
    seed: string;
    held: Held;
    typeName: string;
    name: string;
    args: Json;
  }): unknown {
    const field = fieldOf(this.#world, thing.type, name);
    const holding = field?.held.get(this.name);
    if (field !== undefined && holding?.isOverridden === true)
      return valueOf({ seed: `${seed} as it was`, thing, field, args });
    const isProvided =
      told === undefined &&
      fieldSet(holding?.requires ?? '__typename').selections.every(
        (node) => node.kind === Kind.FIELD && selectedIn(provided, node.name.value) !== undefined,
      );
    if (field !== undefined && holding?.requires !== undefined && !isProvided)
      return valueOf({ seed, thing, field, args, needed: toldOf(told ?? {}, fieldSet(holding.requires), typeName) });
    return truth(this.#world, { seed, thing, name, args });
  }

  #hold(value: unknown, provided: SelectionSetNode | undefined): unknown {
    // What a custom scalar holds is frozen and stays as it is.
    if (Array.isArray(value) && !Object.isFrozen(value)) return value.map((item) => this.#hold(item, provided));
    return value instanceof Thing
      ? { __typename: typeNameIn(this.#world, value, this.name), thing: value, provided }
      : value;
  }
}

function selectedIn(
  selection: SelectionSetNode | undefined,
  name: string,
): { selectionSet?: SelectionSetNode } | undefined {
  return selection?.selections.find((node) => node.kind === Kind.FIELD && node.name.value === name) as
    { selectionSet?: SelectionSetNode } | undefined;
}

/** A number at this scalar, which the gateway knows nothing of, counts by its digits, as a literal too. */
export function keepDigits(schema: GraphQLSchema): void {
  const type = schema.getType('Digits');
  if (!isScalarType(type)) return;
  type.parseValue = (value) => String(value);
  type.parseLiteral = (node) => ('value' in node ? String(node.value) : undefined);
}
