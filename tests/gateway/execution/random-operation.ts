import {
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** Numbers by chance, the same for the same seed (xorshift, 32 bits). */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  }

  /** A whole number from 0 to below `sides`. */
  roll(sides: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state % sides;
  }

  one<Item>(items: readonly Item[]): Item {
    const item = items[this.roll(items.length)];
    if (item === undefined) throw new Error('There is nothing to choose from.');
    return item;
  }
}

const DEPTH = 4;
const MOST_SELECTIONS = 4;

/**
 * An operation on a graph by chance: aliases, repeated fields, fragments of both kinds on the type itself, its
 * interfaces and its members, `@skip` and `@include` by the variables `$yes` and `$no`. It may be one that does not
 * validate, because two of its fields contradict each other; the caller looks. No alias is the name of a field, or one
 * that all objects answer to: there @apollo/gateway is wrong. Nor does a fragment stand directly in another: of one on
 * an interface @apollo/gateway loses fields.
 */
export function randomOperation(schema: GraphQLSchema, seed: number): string {
  const dice = new Dice(seed);
  const fragments: string[] = [];

  const selectionSet = (type: GraphQLCompositeType, depth: number, isFragment = false): string => {
    const selections = Array.from({ length: 1 + dice.roll(MOST_SELECTIONS) }, () => selection(type, depth, isFragment));
    return `{ ${selections.join(' ')} }`;
  };
  const selection = (type: GraphQLCompositeType, depth: number, isFragment: boolean): string => {
    const kind = dice.roll(10);
    if (depth > 0 && !isFragment && (kind < 2 || (isUnionType(type) && kind < 8))) return fragment(type, depth);
    if (kind === 2 || isUnionType(type)) return `${alias()}__typename${condition()}`;
    return field(type, depth);
  };
  const field = (type: Exclude<GraphQLCompositeType, { getTypes(): unknown }>, depth: number): string => {
    const fields = Object.values(type.getFields()).filter(
      ({ type: of }) => depth > 0 || !isCompositeType(getNamedType(of)),
    );
    if (fields.length === 0) return `${alias()}__typename`;
    const chosen = dice.one(fields);
    const inner = getNamedType(chosen.type);
    return `${alias()}${chosen.name}${argumentsOf(chosen)}${condition()}${isCompositeType(inner) ? ` ${selectionSet(inner, depth - 1)}` : ''}`;
  };
  const fragment = (type: GraphQLCompositeType, depth: number): string => {
    const on = dice.one([type, ...(isObjectType(type) ? type.getInterfaces() : schema.getPossibleTypes(type))]);
    if (dice.roll(2) === 0) return `... on ${on.name}${condition()} ${selectionSet(on, depth - 1, true)}`;
    const name = `F${fragments.length}`;
    fragments.push('');
    fragments[Number(name.slice(1))] = `fragment ${name} on ${on.name} ${selectionSet(on, depth - 1, true)}`;
    return `...${name}${condition()}`;
  };
  const alias = (): string => (dice.roll(4) === 0 ? `${dice.one(['a', 'b', 'c'])}: ` : '');
  const condition = (): string =>
    dice.roll(6) === 0 ? ` @${dice.one(['skip', 'include'])}(if: ${dice.one(['$yes', '$no', 'true'])})` : '';

  const [kind, root] =
    dice.roll(5) === 0
      ? (['mutation', schema.getMutationType()] as const)
      : (['query', schema.getQueryType()] as const);
  if (!root) throw new Error(`The graph has no ${kind}.`);
  const body = selectionSet(root, DEPTH);
  return `${kind} Q($yes: Boolean!, $no: Boolean = false) ${body} ${fragments.join(' ')}`;
}

/** Values for the arguments that must be there, always the same for a field, so that repeated fields agree. */
function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(({ type }) => isNonNullType(type)).map(({ name, type }) => `${name}: ${valueFor(type)}`);
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

function valueFor(type: GraphQLInputType): string {
  if (isNonNullType(type)) return valueFor(type.ofType);
  if (isListType(type)) return `[${valueFor(type.ofType)}]`;
  return { Int: '2', Boolean: 'true' }[getNamedType(type).name] ?? '"x"';
}
