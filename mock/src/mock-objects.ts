import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { MockWorld } from './mock-world.js';
import {
  plausibleDay,
  plausibleDecimal,
  plausibleInt,
  plausibleMoment,
  plausibleText,
  type ValuePlace,
} from './plausible-values.js';

/** An object of an answer: its name decides every value that is not fixed. */
export interface MockObject {
  readonly __typename: string;
  readonly name: string;
  readonly fixed: Readonly<Record<string, unknown>>;
}

type Arguments = Readonly<Record<string, unknown>>;

const PAGING = new Set(['first', 'last', 'after', 'before']);
const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 200;
const LONGEST_LIST = 3;
const CURSOR = /^mock:(\d{1,6})$/;

/**
 * Resolves every field of a schema. An object that has an id is the same wherever it is met, by its id in an argument
 * too; a list that is paged (Relay) is the same on every page. Filters and orders are not followed, and what a mutation
 * is given is not kept.
 */
export function mockResolver(schema: GraphQLSchema, world: MockWorld): GraphQLFieldResolver<unknown, unknown> {
  const factory = new MockFactory(schema, world);
  return (source, args: Arguments, _context, { fieldName, returnType, parentType }) => {
    const parent = source as MockObject | undefined; // What this resolver has made; undefined at the root.
    const fixed = parent?.fixed[fieldName];
    if (fixed !== undefined) return fixed;
    const list = `${parent?.name ?? ''}.${fieldName}${JSON.stringify(withoutPaging(args))}`;
    return factory.value(returnType, args, { type: parentType.name, field: fieldName, list, index: 0 });
  };
}

class MockFactory {
  readonly #schema: GraphQLSchema;
  readonly #world: MockWorld;

  constructor(schema: GraphQLSchema, world: MockWorld) {
    this.#schema = schema;
    this.#world = world;
  }

  value(asked: GraphQLOutputType, args: Arguments, place: ValuePlace): unknown {
    const type = getNullableType(asked);
    if (isListType(type)) {
      const length = this.#world.at(`${place.list}.length`).int(1, LONGEST_LIST);
      const item = type.ofType;
      return Array.from({ length }, (_item, index) => this.value(item, {}, { ...place, index }));
    }
    if (isLeafType(type)) return this.#leaf(type, place);
    const named = getNamedType(type);
    if (named.name === 'Refusal' && !isNonNullType(asked)) return null; // Everything succeeds.
    const possible = isAbstractType(named) ? this.#schema.getPossibleTypes(named) : [];
    const object = isObjectType(named) ? named : this.#world.nth(possible, place.list, place.index);
    return isConnection(object) ? this.#page(object, args, place) : this.#object(object, args, place);
  }

  #leaf(type: GraphQLLeafType, place: ValuePlace): unknown {
    const world = this.#world;
    const random = world.at(`${place.list}#${place.index}.${place.field}`);
    if (isEnumType(type)) return random.pick(type.getValues()).value;
    switch (type.name) {
      case 'Boolean':
        return random.bool();
      case 'Int':
        return plausibleInt(place, world);
      case 'Float':
        return random.int(0, 100) / 100;
      case 'Date':
        return plausibleDay(place, world);
      case 'DateTime':
        return plausibleMoment(place, world);
      case 'Decimal':
        return plausibleDecimal(place, world);
      case 'String':
      case 'ID':
        return plausibleText(place, world);
      default:
        return {}; // JSON and what is like it: an object with nothing in it.
    }
  }

  #object(type: GraphQLObjectType, args: Arguments, place: ValuePlace): MockObject {
    const id = identityOf(type);
    if (id === undefined) {
      const name = `${place.list}#${place.index}`;
      return { __typename: type.name, name, fixed: this.#fixed(type, name, place) };
    }
    const given = args[id];
    const value = typeof given === 'string' ? given : this.#identity(type, id, place);
    const name = `${type.name}:${value}`;
    return { __typename: type.name, name, fixed: { ...this.#noun(type.name, value), [id]: value } };
  }

  #identity(type: GraphQLObjectType, field: string, { list, index }: ValuePlace): string {
    const { city } = this.#world;
    if (type.name === 'Department') return this.#world.nth(city.departments, list, index).code;
    if (type.name === 'Official') return this.#world.nth(city.officials, list, index).id;
    return plausibleText({ type: type.name, field, list, index }, this.#world);
  }

  /** What goes together of a thing of the city. */
  #noun(type: string, id: string): Record<string, unknown> {
    const { city } = this.#world;
    if (type === 'Enterprise') {
      const { name, industry, regionCode, registeredOn } = this.#world.enterprise(id);
      const region = city.districts.find(({ code }) => code === regionCode);
      return {
        name,
        registeredOn,
        industry: this.#part('Industry', id, { code: industry.code, name: industry.name }),
        ...(region === undefined ? {} : { region: this.#part('Region', id, { ...region }) }),
      };
    }
    if (type === 'Department') {
      const { name, shortName } =
        city.departments.find(({ code }) => code === id) ?? this.#world.nth(city.departments, id, 0);
      return { name, shortName };
    }
    if (type === 'Official') {
      const { name, post, telephone } =
        city.officials.find((one) => one.id === id) ?? this.#world.nth(city.officials, id, 0);
      return { name, post, telephone };
    }
    return {};
  }

  /** Values of an object without an id that go together. */
  #fixed(type: GraphQLObjectType, name: string, { list, index }: ValuePlace): Record<string, unknown> {
    if (type.name === 'Region') return { ...this.#world.nth(this.#world.city.districts, list, index) };
    if (type.name === 'Industry') {
      const { industry } = this.#world.nth(this.#world.city.enterprises, list, index);
      return { code: industry.code, name: industry.name };
    }
    if (type.name === 'Contact') return { name: this.#world.nth(this.#world.city.officials, list, index).name };
    if (type.name === 'Rate') {
      const random = this.#world.at(name);
      const denominator = random.int(10, 200);
      const numerator = random.int(0, denominator);
      return { numerator, denominator, rate: (numerator / denominator).toFixed(4) };
    }
    return {};
  }

  #part(type: string, owner: string, fixed: Record<string, unknown>): MockObject {
    return { __typename: type, name: `${owner}.${type}`, fixed };
  }

  /** A page of a list that is always the same. @throws GraphQLError BAD_USER_INPUT for a cursor that is none of its. */
  #page(type: GraphQLObjectType, args: Arguments, place: ValuePlace): MockObject {
    const total = this.#world.at(`${place.list}.total`).int(1, 60);
    const { from, to } = pageOf(args, total);
    const indices = Array.from({ length: to - from }, (_item, at) => from + at);
    const node = (index: number, nodeType: GraphQLOutputType): unknown =>
      this.value(nodeType, {}, { ...place, field: 'node', index });
    const fields = type.getFields();
    const nodes = fields['nodes'] && itemOf(fields['nodes'].type);
    const edge = fields['edges'] && getNamedType(fields['edges'].type);
    return {
      __typename: type.name,
      name: `${place.list}.page`,
      fixed: {
        totalCount: total,
        ...(nodes === undefined ? {} : { nodes: indices.map((index) => node(index, nodes)) }),
        ...(isObjectType(edge)
          ? {
              edges: indices.map((index): MockObject => ({
                __typename: edge.name,
                name: `${place.list}.edge#${index}`,
                fixed: { cursor: cursorOf(index), node: node(index, edge.getFields()['node']?.type ?? edge) },
              })),
            }
          : {}),
        pageInfo: this.#part('PageInfo', place.list, {
          hasNextPage: to < total,
          hasPreviousPage: from > 0,
          startCursor: from < to ? cursorOf(from) : null,
          endCursor: from < to ? cursorOf(to - 1) : null,
        }),
      },
    };
  }
}

const isConnection = (type: GraphQLObjectType): boolean =>
  type.name.endsWith('Connection') && 'pageInfo' in type.getFields();

/** The first field that is an ID and always there. */
const identityOf = (type: GraphQLObjectType): string | undefined =>
  Object.values(type.getFields()).find(
    (field) => isNonNullType(field.type) && getNullableType(field.type).toString() === 'ID',
  )?.name;

function itemOf(type: GraphQLOutputType): GraphQLOutputType | undefined {
  const list = getNullableType(type);
  return isListType(list) ? list.ofType : undefined;
}

const withoutPaging = (args: Arguments): Arguments =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !PAGING.has(name)));

/** Which items a page has: from `from` up to, but without, `to`. */
function pageOf({ first, last, after, before }: Arguments, total: number): { from: number; to: number } {
  const start = typeof after === 'string' ? indexOf(after) + 1 : 0;
  const end = typeof before === 'string' ? Math.min(indexOf(before), total) : total;
  if (typeof last === 'number') return { from: Math.max(start, end - sizeOf('last', last)), to: Math.max(start, end) };
  const size = sizeOf('first', typeof first === 'number' ? first : DEFAULT_PAGE);
  return { from: Math.min(start, end), to: Math.min(end, start + size) };
}

function sizeOf(name: string, size: number): number {
  if (size < 0 || size > LARGEST_PAGE)
    throw refused(`${name} is ${size}; a page has from 0 to ${LARGEST_PAGE} entries.`);
  return size;
}

const cursorOf = (index: number): string => Buffer.from(`mock:${index}`).toString('base64url');

function indexOf(cursor: string): number {
  const index = CURSOR.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (index === undefined) throw refused(`${JSON.stringify(cursor.slice(0, 60))} is no cursor of this list.`);
  return Number(index);
}

const refused = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
