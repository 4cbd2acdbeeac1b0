import {
  getArgumentValues,
  isObjectType,
  Kind,
  parse,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { Dice } from './dice.js';
import { fieldOf, POPULATION, stoodFor, type Field, type Shape, type World } from './world.js';

export type Json = Record<string, unknown>;

/** One thing of the world: the n-th of its concrete type. */
export class Thing {
  readonly type: string;
  readonly index: number;

  constructor(type: string, index: number) {
    this.type = type;
    this.index = index;
  }
}

const selections = new Map<string, SelectionSetNode>();

/** A field set of @key, @requires or @provides. */
export function fieldSet(text: string): SelectionSetNode {
  const known = selections.get(text);
  if (known !== undefined) return known;
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`"${text}" is no selection.`);
  selections.set(text, operation.selectionSet);
  return operation.selectionSet;
}

/** JSON of which equal values have one text: keys are sorted, what is absent stays absent. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return value === undefined ? 'absent' : JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}

/**
 * The value of a thing's field: JSON for leaves, things for objects, lists of these. It depends on the seed, the thing,
 * the field, its arguments and, where the field needs others, on their values.
 */
export function valueOf({
  seed,
  thing,
  field,
  args,
  needed,
}: {
  seed: string;
  thing: Thing;
  field: Field;
  args: Json;
  needed?: unknown;
}): unknown {
  const key = keyValue(thing, field.name);
  if (key !== undefined) return key;
  const dice = new Dice(
    seed,
    thing.type,
    thing.index,
    field.name,
    canonical(args),
    needed === undefined ? '' : canonical(needed),
  );
  return valueIn(field.type, field, dice);
}

function keyValue({ type, index }: Thing, field: string): unknown {
  if (type === 'Query' || type === 'Mutation') return undefined;
  switch (field) {
    case 'id':
      return type.startsWith('I0') ? `${type.slice(2)}${index}` : String(index);
    case 'number':
      return index;
    case 'area':
      return index % 2 === 0 ? '' : 'a';
    case 'lot':
      return index >> 1;
    case 'seal':
      return new Thing('Seal', index);
    case 'code':
      return index % 2 === 0 ? '' : 'c';
    case 'ring':
      return index >> 1;
    default:
      return undefined;
  }
}

function valueIn(shape: Shape, field: Field, dice: Dice): unknown {
  if (!shape.nonNull && dice.chance(14)) return null;
  if ('of' in shape) return Array.from({ length: dice.pick([0, 1, 2, 2, 3]) }, () => valueIn(shape.of, field, dice));
  if (field.possible.length > 0) return new Thing(dice.pick(field.possible), dice.below(POPULATION));
  return leafValue(shape.name, dice);
}

/** Frozen, so that a scalar's lists and objects can be told from those of the graph. */
const JSONS: readonly unknown[] = [
  0,
  '',
  false,
  Object.freeze([]),
  Object.freeze({}),
  Object.freeze({ id: 'x', name: null, a: { b: [1, [2]] } }),
  Object.freeze([null, { id: 1 }]),
  'text',
];

function leafValue(type: string, dice: Dice): unknown {
  switch (type) {
    case 'Int':
      return dice.pick([0, 0, 1, -7, 42, 2_147_483_647]);
    case 'Float':
      return dice.pick([0, 0, 0.5, -1.25, 3]);
    case 'Boolean':
      return dice.chance(50);
    case 'Mood':
      return dice.pick(['GLAD', 'SAD', 'name']);
    case 'Json':
      return dice.pick(JSONS);
    case 'Digits':
      return dice.pick(['0', '', '12.50', '9007199254740993.12']);
    default:
      return dice.pick(['', '', '0', 'x', 'y', 'name', 'T0']) + (dice.chance(50) ? String(dice.below(50)) : '');
  }
}

/** What a department is told, or must be told, of a selection: the values of the selected fields by name. */
export function needsOf(
  world: World,
  {
    seed,
    thing,
    selection,
    type,
    schema,
  }: { seed: string; thing: Thing; selection: SelectionSetNode; type: GraphQLObjectType; schema: GraphQLSchema },
): Json {
  const within = (value: unknown, inner: SelectionSetNode | undefined): unknown => {
    if (Array.isArray(value)) return value.map((item) => within(item, inner));
    if (!(value instanceof Thing) || inner === undefined) return value;
    return needsOf(world, { seed, thing: value, selection: inner, type: concreteType(world, value, schema), schema });
  };
  const parts = selection.selections.map((node): Json => {
    if (node.kind === Kind.FRAGMENT_SPREAD) throw new Error('Field sets have no named fragments.');
    if (node.kind === Kind.INLINE_FRAGMENT)
      return node.typeCondition?.name.value === type.name
        ? needsOf(world, { seed, thing, selection: node.selectionSet, type, schema })
        : {};
    return {
      [node.name.value]: within(
        truth(world, { seed, thing, name: node.name.value, args: argumentsOf(type, node) }),
        node.selectionSet,
      ),
    };
  });
  return Object.assign({}, ...parts) as Json;
}

const argumentsOf = (type: GraphQLObjectType, node: Parameters<typeof getArgumentValues>[1]): Json => {
  const definition = type.getFields()[node.name.value];
  if (definition === undefined) throw new Error(`${type.name} has no field ${node.name.value}.`);
  return getArgumentValues(definition, node);
};

/** The type of a thing in a department's schema, which may know it by an interface's name only. */
export function concreteType(world: World, thing: Thing, schema: GraphQLSchema): GraphQLObjectType {
  const own = schema.getType(thing.type);
  if (isObjectType(own)) return own;
  const standing = [...(world.objects.get(thing.type)?.interfaces ?? [])]
    .map((name) => schema.getType(name))
    .find(isObjectType);
  if (standing === undefined) throw new Error(`A department knows no ${thing.type}.`);
  return standing;
}

const schemasOf = new WeakMap<World, ReadonlyMap<string, GraphQLSchema>>();

/** Makes the departments' schemas known, by which arguments of needed fields are read. */
export function knowSchemas(world: World, schemas: ReadonlyMap<string, GraphQLSchema>): void {
  schemasOf.set(world, schemas);
}

/** The right value of a field, with whatever it needs of others. */
export function truth(
  world: World,
  { seed, thing, name, args }: { seed: string; thing: Thing; name: string; args: Json },
): unknown {
  const field = fieldOf(world, thing.type, name);
  if (field === undefined) throw new Error(`${thing.type} has no field ${name}.`);
  return valueOf({ seed, thing, field, args, needed: neededBy(world, { seed, thing, field }) });
}

/** What a field needs of others, by the data of the world; undefined when nothing. */
function neededBy(world: World, { seed, thing, field }: { seed: string; thing: Thing; field: Field }): unknown {
  const found = requirementOf(field);
  const schema = found === undefined ? undefined : schemasOf.get(world)?.get(found.department);
  if (found === undefined || schema === undefined) return undefined;
  return needsOf(world, {
    seed,
    thing,
    selection: fieldSet(found.requires),
    type: concreteType(world, thing, schema),
    schema,
  });
}

export function requirementOf(field: Field): { department: string; requires: string } | undefined {
  for (const [department, { requires }] of field.held) if (requires !== undefined) return { department, requires };
  return undefined;
}

/**
 * What a department was told of a selection in a representation, in the form of `needsOf`. Without a type name, which a
 * department can ask for in its @requires, a fragment counts by what is there.
 */
export function toldOf(given: unknown, selection: SelectionSetNode, typeName: string): Json {
  const object = given as Json; // a representation's object
  const concrete = object['__typename'] ?? typeName;
  const parts = selection.selections.map((node): Json => {
    if (node.kind === Kind.FRAGMENT_SPREAD) throw new Error('Field sets have no named fragments.');
    if (node.kind === Kind.INLINE_FRAGMENT)
      return concrete === '' || node.typeCondition?.name.value === concrete
        ? toldOf(object, node.selectionSet, typeName)
        : {};
    const {
      name: { value: name },
      selectionSet,
    } = node;
    return Object.hasOwn(object, name) ? { [name]: within(object[name], selectionSet) } : {};
  });
  return Object.assign({}, ...parts) as Json;
}

function within(value: unknown, selection: SelectionSetNode | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => within(item, selection));
  return selection === undefined || value === null || typeof value !== 'object' ? value : toldOf(value, selection, '');
}

/** The thing that a representation names by one of the department's keys; undefined when it names none. */
export function thingNamed(world: World, representation: Json, keys: readonly string[]): Thing | undefined {
  const typeName = String(representation['__typename']);
  const candidates = world.interfaces.get(typeName)?.implementations ?? [typeName];
  for (const type of candidates) {
    for (let index = 0; index < POPULATION; index += 1) {
      const thing = new Thing(type, index);
      if (
        keys.some(
          (key) =>
            canonical(keyOf(thing, fieldSet(key))) === canonical(toldOf(representation, fieldSet(key), typeName)),
        )
      )
        return thing;
    }
  }
  return undefined;
}

function keyOf(thing: Thing, selection: SelectionSetNode): Json {
  return Object.fromEntries(
    selection.selections.flatMap((node) => {
      if (node.kind !== Kind.FIELD) return [];
      const value = keyValue(thing, node.name.value);
      return [
        [
          node.name.value,
          value instanceof Thing && node.selectionSet !== undefined ? keyOf(value, node.selectionSet) : value,
        ],
      ];
    }),
  );
}

export const typeNameIn = (world: World, thing: Thing, department: string): string =>
  stoodFor(world, thing.type, department) ?? thing.type;
