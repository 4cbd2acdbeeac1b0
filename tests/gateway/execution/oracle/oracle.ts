import {
  execute,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { keepDigits } from './subgraph.js';
import { NO_FAULTS, type Faults } from './faults.js';
import { rootPlace, Weakness, type Place } from './weakness.js';
import { Thing, truth, type Json } from './world-data.js';
import { fieldOf, type Shape, type World } from './world.js';

/** The right answer to an operation, and where an answer may fall short of it. */
export interface Truth {
  readonly result: ExecutionResult;
  /** Mutations in the order in which they must be carried out, each with the departments that may do so. */
  readonly done: readonly { readonly by: readonly string[]; readonly what: string }[];
  readonly weakness: Pick<Weakness, 'allows'>;
}

interface Context {
  readonly seed: string;
  readonly done: { by: readonly string[]; what: string }[];
  readonly weakness: Weakness;
}

/** A thing at its place in the answer. */
interface Standing {
  readonly __typename: string;
  readonly thing: Thing;
  readonly place: Place;
}

/** One schema with all resolvers over the data of a world: what the graph of its departments must answer. */
export class Oracle {
  readonly schema: GraphQLSchema;
  readonly #world: World;

  /** `apiSchema` is what the composed graph shows to callers. */
  constructor(world: World, apiSchema: GraphQLSchema) {
    this.#world = world;
    this.schema = apiSchema;
    keepDigits(apiSchema);
  }

  async answer({
    document,
    variables,
    seed,
    faults = NO_FAULTS,
  }: {
    document: DocumentNode;
    variables: Readonly<Json>;
    seed: string;
    faults?: Faults;
  }): Promise<Truth> {
    const context: Context = { seed, done: [], weakness: new Weakness(this.#world, { seed, faults }) };
    const result = await execute({
      schema: this.schema,
      document,
      variableValues: { ...variables },
      contextValue: context,
      fieldResolver: this.#resolve,
    });
    return { result, done: context.done, weakness: context.weakness };
  }

  readonly #resolve: GraphQLFieldResolver<unknown, Context> = (
    source,
    args: Json,
    { seed, done, weakness },
    { parentType, fieldName, path },
  ) => {
    const isRoot = parentType.name === 'Query' || parentType.name === 'Mutation';
    const { thing, place } = isRoot
      ? { thing: new Thing(parentType.name, 0), place: rootPlace(this.#world) }
      : (source as Standing);
    const field = fieldOf(this.#world, thing.type, fieldName);
    if (field === undefined) throw new Error(`The world has no ${parentType.name}.${fieldName}.`);
    const key = [...place.path, path.key];
    const step = weakness.step({ thing, field, place, path: key });
    if (parentType.name === 'Mutation') done.push({ by: step.from, what: `${fieldName} ${JSON.stringify(args)}` });
    const value = truth(this.#world, { seed, thing, name: fieldName, args });
    return stand(value, { shape: field.type, place: step });
  };
}

/** Puts the things of a value at their places. */
function stand(value: unknown, { shape, place }: { shape: Shape; place: Place }): unknown {
  const here: Place = { ...place, isNonNull: shape.nonNull };
  if (Array.isArray(value) && 'of' in shape)
    return value.map((item, index) =>
      stand(item, { shape: shape.of, place: { ...here, path: [...here.path, index], above: here } }),
    );
  return value instanceof Thing ? { __typename: value.type, thing: value, place: here } : value;
}
