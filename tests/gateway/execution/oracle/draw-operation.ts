import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { Dice } from './dice.js';
import { printLiteral, valueFor, WISH } from './literals.js';
import { printShape, type Shape, type World } from './world.js';
import type { Json } from './world-data.js';

export interface Operation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Json>;
}

/** How many draws of an operation are tried; most are valid at once. */
const TRIES = 40;
const MOST_FIELDS = 28;
const HOSTILE = ['toString', 'constructor', 'hasOwnProperty', '__proto__', 'valueOf', '__typename', '_x', '__a'];

/**
 * An operation by chance that is valid on the graph; undefined when none was found (`rejected` counts the invalid
 * ones).
 */
export function drawOperation(
  world: World,
  schema: GraphQLSchema,
  seed: string,
): { operation: Operation | undefined; rejected: number } {
  for (let rejected = 0; rejected < TRIES; rejected += 1) {
    const { text, variables } = new Draw(world, schema, new Dice('operation', seed, rejected)).operation();
    const document = parse(text, { noLocation: true });
    if (validate(schema, document).length === 0) return { operation: { text, document, variables }, rejected };
  }
  return { operation: undefined, rejected: TRIES };
}

/** What already stands under each response key of a place, so that mostly nothing conflicts there. */
type Scope = Map<string, { readonly asked: string; readonly inner: Scope }>;

class Draw {
  readonly #schema: GraphQLSchema;
  readonly #dice: Dice;
  readonly #names: readonly string[];
  readonly #declared = new Map<string, string>();
  readonly #variables: Json = {};
  readonly #fragments = new Map<string, { on: string; text: string }>();
  #left: number;

  constructor(world: World, schema: GraphQLSchema, dice: Dice) {
    this.#schema = schema;
    this.#dice = dice;
    this.#left = dice.between(3, MOST_FIELDS);
    const fields = [...world.objects.values()].flatMap((type) => [...type.fields.keys()]);
    this.#names = [...new Set([...fields, ...fields, 'a', 'b', 'c'])];
  }

  operation(): { text: string; variables: Json } {
    const mutation = this.#schema.getMutationType();
    const isMutation = mutation && this.#dice.chance(20);
    const root = isMutation ? mutation : this.#schema.getQueryType();
    if (!root) throw new Error('The graph has no queries.');
    const selection = this.#selection(root, { scope: new Map(), depth: 0, within: [] });
    const declared = [...this.#declared].map(([name, type]) => `$${name}: ${type}`).join(', ');
    const head = `${isMutation ? 'mutation' : 'query'}${declared === '' ? '' : ` Q(${declared})`}`;
    const fragments = [...this.#fragments].map(([name, { on, text }]) => `fragment ${name} on ${on} ${text}`);
    return { text: [`${head} ${selection}`, ...fragments].join('\n'), variables: this.#variables };
  }

  #selection(type: GraphQLCompositeType, at: { scope: Scope; depth: number; within: readonly string[] }): string {
    const parts: string[] = [];
    for (let count = this.#dice.between(1, at.depth === 0 ? 4 : 5); count > 0; count -= 1)
      parts.push(...this.#part(type, at));
    return `{ ${parts.length === 0 ? '__typename' : parts.join(' ')} }`;
  }

  #part(type: GraphQLCompositeType, at: { scope: Scope; depth: number; within: readonly string[] }): string[] {
    const roll = this.#dice.below(100);
    const isAbstract = isAbstractType(type);
    if (roll < (isAbstract ? 45 : 14)) return [this.#inline(type, at)];
    if (roll < (isAbstract ? 60 : 24)) return this.#spread(type, at);
    if (roll < (isAbstract ? 68 : 30)) return [this.#typename(at.scope)];
    return isObjectType(type) || isInterfaceType(type) ? this.#field(type.getFields(), at) : [];
  }

  #typename(scope: Scope): string {
    const key = this.#dice.chance(50) ? '__typename' : this.#dice.pick(this.#names);
    const before = scope.get(key);
    if (before !== undefined && before.asked !== '__typename') return '__typename';
    scope.set(key, { asked: '__typename', inner: new Map() });
    return `${key === '__typename' ? '' : `${key}: `}__typename${this.#directives()}`;
  }

  #field(
    fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>,
    at: { scope: Scope; depth: number; within: readonly string[] },
  ): string[] {
    if (this.#left <= 0) return [];
    const again = [...at.scope].filter(([, { asked }]) => Object.hasOwn(fields, asked.split('(')[0] ?? ''));
    const { key, field, asked, inner } =
      again.length > 0 && this.#dice.chance(15) ? this.#repeated(fields, again) : this.#fresh(fields, at.scope);
    if (field === undefined) return [];
    const type = getNamedType(field.type);
    if (isCompositeType(type) && at.depth >= 5) return [];
    this.#left -= 1;
    at.scope.set(key, { asked, inner });
    const selection = isCompositeType(type)
      ? ` ${this.#selection(type, { ...at, scope: inner, depth: at.depth + 1 })}`
      : '';
    return [`${key === field.name ? '' : `${key}: `}${asked}${this.#directives()}${selection}`];
  }

  #repeated(
    fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>,
    again: readonly [string, { asked: string; inner: Scope }][],
  ): { key: string; field: GraphQLField<unknown, unknown> | undefined; asked: string; inner: Scope } {
    const [key, { asked, inner }] = this.#dice.pick(again);
    return { key, field: fields[asked.split('(')[0] ?? ''], asked, inner };
  }

  #fresh(
    fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>,
    scope: Scope,
  ): { key: string; field: GraphQLField<unknown, unknown> | undefined; asked: string; inner: Scope } {
    // Objects are asked for more often than leaves: there the graph is.
    const all = Object.values(fields);
    const composite = all.filter((one) => !isLeafType(getNamedType(one.type)));
    const field = this.#dice.pick(composite.length > 0 && this.#dice.chance(35) ? composite : all);
    const asked = `${field.name}${this.#arguments(field)}`;
    const free = (key: string): boolean => !scope.has(key) || scope.get(key)?.asked === asked;
    const wanted = this.#dice.chance(62)
      ? field.name
      : this.#dice.chance(8)
        ? this.#dice.pick(HOSTILE)
        : this.#dice.pick([...this.#names, ...Object.keys(fields)]);
    const key = [wanted, field.name, ...this.#names.map((name) => `${name}_`)].find(free);
    return {
      key: key ?? field.name,
      field: key === undefined ? undefined : field,
      asked,
      inner: scope.get(key ?? '')?.inner ?? new Map<string, never>(),
    };
  }

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap(({ name, type, defaultValue }) => {
      const isNeeded = isNonNullType(type) && defaultValue === undefined;
      return isNeeded || this.#dice.chance(70) ? [`${name}: ${this.#argument(type)}`] : [];
    });
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  }

  #argument(type: GraphQLInputType): string {
    const shape = shapeOf(type);
    if (this.#dice.chance(40)) return this.#variable(shape);
    if (!('of' in shape) && shape.name === 'Digits' && this.#dice.chance(15))
      return this.#dice.pick(['9007199254740993.12', '0.1', '123456789012345678901234567890', '3.0', '-1.50e3']);
    if ('of' in shape && this.#dice.chance(10) && !('of' in shape.of))
      return printLiteral(valueFor({ ...shape.of, nonNull: true }, this.#dice), shape.of);
    if (!('of' in shape) && shape.name === 'ID' && this.#dice.chance(20)) return String(this.#dice.below(10));
    if (!('of' in shape) && shape.name === 'Float' && this.#dice.chance(20)) return String(this.#dice.below(10));
    if (!('of' in shape) && shape.name === 'Wish' && this.#dice.chance(35))
      return `{size: ${this.#variable(WISH['size'] ?? shape)}, tags: [${this.#variable({ name: 'String', nonNull: true })}]}`;
    return printLiteral(valueFor(shape, this.#dice), shape);
  }

  /** A variable of that type, given or not, with a default or not. */
  #variable(shape: Shape): string {
    const text = printShape(shape);
    const fitting = [...this.#declared].filter(([, type]) => type === text);
    if (fitting.length > 0 && this.#dice.chance(30)) return `$${this.#dice.pick(fitting)[0]}`;
    const name = this.#dice.chance(15) && !this.#declared.has('name') ? 'name' : `v${this.#declared.size}`;
    const withDefault = this.#dice.chance(35);
    this.#declared.set(
      name,
      text + (withDefault ? ` = ${printLiteral(valueFor({ ...shape, nonNull: true }, this.#dice), shape)}` : ''),
    );
    const isNeeded = shape.nonNull && !withDefault;
    if (isNeeded || this.#dice.chance(60)) this.#variables[name] = valueFor(shape, this.#dice);
    return `$${name}`;
  }

  #directives(): string {
    if (!this.#dice.chance(14)) return '';
    return this.#dice
      .some(['skip', 'include'], this.#dice.chance(15) ? 2 : 1)
      .map((name) => ` @${name}(if: ${this.#condition()})`)
      .join('');
  }

  #condition(): string {
    if (this.#dice.chance(40)) return String(this.#dice.chance(50));
    const name = this.#dice.pick(['yes', 'no', 'maybe']);
    this.#declared.set(name, name === 'maybe' ? `Boolean = ${String(this.#dice.chance(50))}` : 'Boolean!');
    if (name !== 'maybe' || this.#dice.chance(50))
      this.#variables[name] ??= name === 'maybe' ? this.#dice.chance(50) : name === 'yes';
    return `$${name}`;
  }

  #inline(type: GraphQLCompositeType, at: { scope: Scope; depth: number; within: readonly string[] }): string {
    if (this.#dice.chance(20)) return `...${this.#directives() || ' @include(if: true)'} ${this.#selection(type, at)}`;
    const on = this.#dice.pick(this.#conditionsFor(type));
    return `... on ${on.name}${this.#directives()} ${this.#selection(on, this.#scoped(on, at))}`;
  }

  /** Fields of different concrete types may stand under one key; sometimes that is tried. */
  #scoped<T extends { scope: Scope }>(on: GraphQLCompositeType, at: T): T {
    return isObjectType(on) && this.#dice.chance(25) ? { ...at, scope: new Map() } : at;
  }

  #spread(type: GraphQLCompositeType, at: { scope: Scope; depth: number; within: readonly string[] }): string[] {
    const fitting = this.#conditionsFor(type);
    const known = [...this.#fragments].filter(
      ([name, { on }]) => fitting.some((one) => one.name === on) && !at.within.includes(name),
    );
    if (known.length > 0 && this.#dice.chance(50)) return [`...${this.#dice.pick(known)[0]}${this.#directives()}`];
    if (this.#left <= 0) return [];
    const on = this.#dice.pick(fitting);
    const name = `F${this.#fragments.size}`;
    const fragment = { on: on.name, text: '' };
    this.#fragments.set(name, fragment);
    fragment.text = this.#selection(on, { ...this.#scoped(on, at), within: [...at.within, ...this.#fragments.keys()] });
    return [`...${name}${this.#directives()}`];
  }

  /** Types on which a fragment can stand in a type: itself, its types, and what shares a type with it. */
  #conditionsFor(type: GraphQLCompositeType): GraphQLCompositeType[] {
    const possible = (one: GraphQLCompositeType): readonly GraphQLNamedType[] =>
      isAbstractType(one) ? this.#schema.getPossibleTypes(one) : [one];
    const own = possible(type);
    const all = Object.values(this.#schema.getTypeMap())
      .filter(isCompositeType)
      .filter(({ name }) => !name.startsWith('__'));
    const sharing = all.filter((one) => possible(one).some((inner) => own.includes(inner)));
    return [...own.filter(isObjectType), ...sharing];
  }
}

function shapeOf(type: GraphQLInputType): Shape {
  if (isNonNullType(type)) return { ...shapeOf(type.ofType), nonNull: true };
  return isListType(type)
    ? { of: shapeOf(type.ofType), nonNull: false }
    : { name: getNamedType(type).name, nonNull: false };
}
