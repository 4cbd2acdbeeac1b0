import { addMeetings } from './draw-meetings.js';
import { Dice } from './dice.js';
import { addKey, emptyType, hold, makeKnown } from './grow-world.js';
import { drawArguments, drawLeaf, drawWrapped, takeName } from './draw-shapes.js';
import { nameOf, nullable, type InterfaceType, type Key, type ObjectType, type World } from './world.js';

const DEPARTMENTS = ['north', 'south', 'east', 'west', 'centre'];

/** Draws a world. Not every one composes; whoever wants one that does draws again. */
export function drawWorld(seed: string): World {
  const dice = new Dice('world', seed);
  const departments = DEPARTMENTS.slice(0, dice.pick([2, 2, 3, 3, 3, 4, 4, 5]));
  const world: World = { departments, objects: new Map(), interfaces: new Map(), unions: new Map(), roots: new Map() };
  const roots = { Query: emptyType('Query'), Mutation: emptyType('Mutation') };
  const entities = Array.from({ length: dice.between(2, 4) }, (_unused, index) => drawEntity(world, `T${index}`, dice));
  const values = Array.from({ length: dice.between(1, 2) }, (_unused, index) => drawValue(world, `V${index}`, dice));
  if (dice.chance(45)) entities.push(...drawEntityInterface(world, dice));
  if (dice.chance(60)) drawInterface(world, 'N0', [...entities, ...values], dice);
  if (dice.chance(60)) drawUnion(world, 'U0', [...entities, ...values], dice);
  for (const type of entities) addFields(world, type, dice);
  addMeetings(world, entities, dice);
  world.roots.set('Query', roots.Query);
  for (const department of departments) addRoots(world, roots.Query, { department, least: 1, prefix: 'q' }, dice);
  if (dice.chance(60)) {
    world.roots.set('Mutation', roots.Mutation);
    for (const department of departments) addRoots(world, roots.Mutation, { department, least: 0, prefix: 'm' }, dice);
    if (roots.Mutation.fields.size === 0) world.roots.delete('Mutation');
  }
  return world;
}

function drawEntity(world: World, name: string, dice: Dice): ObjectType {
  const type = emptyType(name);
  world.objects.set(name, type);
  const home = dice.pick(world.departments);
  const kinds = dice.some(['simple', 'number', 'composite', 'nested'], dice.pick([1, 1, 1, 2, 3]));
  for (const kind of kinds) addKey(world, type, { department: home, kind, isResolvable: true });
  for (const department of world.departments) {
    if (department === home || dice.chance(35)) continue;
    for (const kind of dice.some(kinds, dice.pick([1, 1, 2])))
      addKey(world, type, { department, kind, isResolvable: true });
  }
  return type;
}

/** A type without keys; every department that has it has all of it. */
function drawValue(world: World, name: string, dice: Dice): ObjectType {
  const type = emptyType(name);
  world.objects.set(name, type);
  const home = dice.pick(world.departments);
  type.departments.add(home);
  for (let count = dice.between(2, 4); count > 0; count -= 1) {
    hold(
      type,
      {
        name: takeName(type, dice),
        type: drawWrapped(drawLeaf(dice), dice, dice.chance(25)),
        args: dice.chance(20) ? drawArguments(dice) : [],
      },
      home,
    );
  }
  const inner = [...world.objects.keys()].filter((other) => other.startsWith('V') && other !== name);
  if (inner.length > 0 && dice.chance(50)) {
    const target = dice.pick(inner);
    hold(
      type,
      { name: takeName(type, dice), type: drawWrapped(nullable(target), dice, dice.chance(20)), possible: [target] },
      home,
    );
    makeKnown(world, target, home, dice);
  }
  return type;
}

/** An interface with a key, its two types, and mostly a department that has it as an @interfaceObject. */
function drawEntityInterface(world: World, dice: Dice): ObjectType[] {
  const home = dice.pick(world.departments);
  const type: InterfaceType = {
    name: 'I0',
    departments: new Set([home]),
    fields: ['id'],
    implementations: ['I0A', 'I0B'],
    key: 'id',
    objectIn: new Set(),
    added: new Map(),
  };
  const types = type.implementations.map((name) => {
    const made = emptyType(name);
    world.objects.set(name, made);
    made.interfaces.add(type.name);
    addKey(world, made, { department: home, kind: 'simple', isResolvable: true });
    return made;
  });
  const common = { name: takeName(types[0] ?? emptyType(''), dice), type: drawWrapped(drawLeaf(dice), dice, false) };
  for (const made of types) hold(made, common, home);
  type.fields.push(common.name);
  world.interfaces.set(type.name, type);
  // More than two are refused when composing.
  for (const department of dice.some(
    world.departments.filter((other) => other !== home),
    dice.pick([0, 1, 1, 2]),
  ))
    type.objectIn.add(department);
  for (const department of type.objectIn) {
    for (let count = dice.between(1, 2); count > 0; count -= 1) {
      const name = `extra${type.added.size}`;
      type.added.set(name, {
        name,
        type: drawWrapped(drawLeaf(dice), dice, false),
        args: dice.chance(30) ? drawArguments(dice) : [],
        possible: [],
        isInaccessible: false,
        held: new Map([[department, {}]]),
      });
    }
  }
  return types;
}

function drawInterface(world: World, name: string, candidates: readonly ObjectType[], dice: Dice): void {
  const department = dice.pick(world.departments);
  const types = dice.some(
    candidates.filter((type) => type.departments.has(department)),
    dice.between(2, 3),
  );
  if (types.length < 2) return;
  const label = { name: 'label', type: nullable('String'), args: dice.chance(40) ? drawArguments(dice) : [] };
  for (const type of types) {
    for (const other of type.keys.size === 0 ? type.departments : [department]) hold(type, label, other);
    type.interfaces.add(name);
  }
  const made: InterfaceType = {
    name,
    departments: new Set([department]),
    fields: ['label'],
    implementations: types.map((type) => type.name),
    objectIn: new Set(),
    added: new Map(),
  };
  world.interfaces.set(name, made);
  if (!dice.chance(30)) return;
  const above: InterfaceType = { ...made, name: `${name}Above`, departments: new Set([department]) };
  for (const type of types) type.interfaces.add(above.name);
  world.interfaces.set(name, { ...made, parent: above.name });
  world.interfaces.set(above.name, above);
}

function drawUnion(world: World, name: string, candidates: readonly ObjectType[], dice: Dice): void {
  const department = dice.pick(world.departments);
  const members = dice
    .some(
      candidates.filter((type) => type.departments.has(department)),
      dice.between(2, 3),
    )
    .map((type) => type.name);
  if (members.length > 0) world.unions.set(name, { name, members, departments: new Set([department]) });
}

/** Composite types that a department can answer with: their name, and what their objects can be. */
export function answerable(world: World, department: string): { name: string; possible: string[] }[] {
  const objects = [...world.objects.values()]
    .filter(({ name, departments }) => name !== 'Seal' && departments.has(department))
    .map(({ name }) => ({ name, possible: [name] }));
  const others = [...world.objects.values()]
    .filter(
      ({ name, departments, interfaces }) =>
        name !== 'Seal' &&
        !departments.has(department) &&
        ![...interfaces].some((one) => world.interfaces.get(one)?.objectIn.has(department)),
    )
    .map(({ name }) => ({ name, possible: [name] }));
  const interfaces = [...world.interfaces.values()]
    .filter((type) => type.departments.has(department) || type.objectIn.has(department))
    .map(({ name, implementations }) => ({ name, possible: implementations }));
  const unions = [...world.unions.values()]
    .filter((type) => type.departments.has(department))
    .map(({ name, members }) => ({ name, possible: [...members] }));
  return [...objects, ...objects, ...interfaces, ...interfaces, ...unions, ...unions, ...others];
}

/** Draws a composite type for a field of a department and makes it known there. */
export function drawTarget(
  world: World,
  department: string,
  dice: Dice,
): { name: string; possible: string[] } | undefined {
  const targets = answerable(world, department);
  if (targets.length === 0) return undefined;
  const target = dice.pick(targets);
  if (world.objects.has(target.name)) makeKnown(world, target.name, department, dice);
  return target;
}

function addFields(world: World, type: ObjectType, dice: Dice): void {
  const keyed = [...type.keys.values()].flat().length;
  for (const [department, keys] of [...type.keys]) {
    if (keys.every((key: Key) => !key.isResolvable)) continue;
    for (let count = dice.between(1, 4); count > 0; count -= 1) {
      const target = dice.chance(40) ? drawTarget(world, department, dice) : undefined;
      const shape = target === undefined ? drawLeaf(dice) : nullable(target.name);
      const args = dice.chance(35) ? drawArguments(dice) : [];
      const field = hold(
        type,
        {
          name: takeName(type, dice),
          type: drawWrapped(shape, dice, keyed < 2 && dice.chance(20)),
          args,
          possible: target?.possible ?? [],
        },
        department,
      );
      if (dice.chance(10)) field.isInaccessible = true;
    }
  }
}

function addRoots(
  world: World,
  root: ObjectType,
  { department, least, prefix }: { department: string; least: number; prefix: string },
  dice: Dice,
): void {
  for (let count = dice.between(least, least + 2); count > 0; count -= 1) {
    const target = dice.chance(90) ? drawTarget(world, department, dice) : undefined;
    const shape = target === undefined ? drawLeaf(dice) : nullable(target.name);
    root.departments.add(department);
    const field = hold(
      root,
      {
        name: `${prefix}${root.fields.size}`,
        type: drawWrapped(shape, dice, false),
        args: dice.chance(45) ? drawArguments(dice) : [],
        possible: target?.possible ?? [],
      },
      department,
    );
    const sharing = world.departments.filter(
      (other) =>
        other !== department &&
        nameOf(shape) in { Int: 1, String: 1, T0: 1 } &&
        (target === undefined || world.objects.get(target.name)?.departments.has(other) === true),
    );
    if (prefix === 'q' && sharing.length > 0 && dice.chance(15)) hold(root, field, dice.pick(sharing));
    for (const holder of field.held.keys()) root.departments.add(holder);
  }
}
