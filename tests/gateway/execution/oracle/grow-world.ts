import type { Dice } from './dice.js';
import { required, type Field, type ObjectType, type World } from './world.js';

export function emptyType(name: string): ObjectType {
  return { name, keys: new Map(), departments: new Set(), fields: new Map(), interfaces: new Set() };
}

/** Adds a field, or to a field that is there another department that has it. */
export function hold(
  type: ObjectType,
  { name, type: shape, args = [], possible = [] }: Pick<Field, 'name' | 'type'> & Partial<Field>,
  department: string,
): Field {
  const field = type.fields.get(name) ?? { name, type: shape, args, possible, isInaccessible: false, held: new Map() };
  if (!field.held.has(department)) field.held.set(department, {});
  type.fields.set(name, field);
  return field;
}

/** Makes a department know an entity by a key of the given kind. */
export function addKey(
  world: World,
  type: ObjectType,
  { department, kind, isResolvable }: { department: string; kind: string; isResolvable: boolean },
): void {
  const keys = type.keys.get(department) ?? [];
  type.keys.set(department, [...keys, { fields: keyFields(kind), isResolvable }]);
  type.departments.add(department);
  if (kind === 'simple') hold(type, { name: 'id', type: required('ID') }, department);
  if (kind === 'number') hold(type, { name: 'number', type: required('Int') }, department);
  if (kind === 'composite')
    for (const [name, leaf] of [
      ['area', 'String'],
      ['lot', 'Int'],
    ] as const)
      hold(type, { name, type: required(leaf) }, department);
  if (kind !== 'nested') return;
  const seal = world.objects.get('Seal') ?? emptyType('Seal');
  world.objects.set('Seal', seal);
  seal.departments.add(department);
  hold(seal, { name: 'code', type: required('String') }, department);
  hold(seal, { name: 'ring', type: required('Int') }, department);
  hold(type, { name: 'seal', type: required('Seal'), possible: ['Seal'] }, department);
}

const keyFields = (kind: string): string =>
  ({ simple: 'id', number: 'number', composite: 'area lot', nested: 'seal { code ring }' })[kind] ?? 'id';

/** The department can name things of the type: it has it already, as a plain type or as a stub with a key. */
export function makeKnown(world: World, name: string, department: string, dice: Dice): void {
  const type = world.objects.get(name);
  if (type === undefined || type.departments.has(department)) return;
  if (type.keys.size === 0) {
    type.departments.add(department);
    for (const field of type.fields.values()) {
      field.held.set(department, {});
      for (const inner of field.possible) makeKnown(world, inner, department, dice);
    }
    return;
  }
  const [keys = []] = [...type.keys.values()];
  const kind =
    ['simple', 'number', 'composite', 'nested'].find((one) => keyFields(one) === dice.pick(keys).fields) ?? 'simple';
  addKey(world, type, { department, kind, isResolvable: dice.chance(50) });
}
