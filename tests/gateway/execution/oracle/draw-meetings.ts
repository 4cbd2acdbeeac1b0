import type { Dice } from './dice.js';
import { drawArguments, drawLeaf, drawWrapped, takeName } from './draw-shapes.js';
import { hold, makeKnown } from './grow-world.js';
import { literalFor } from './literals.js';
import { isLeaf, resolversOf, type Field, type ObjectType, type World } from './world.js';

/**
 * Where departments meet on one type: fields that two share, that one took over, that one provides and that one needs
 * of others.
 */
export function addMeetings(world: World, types: readonly ObjectType[], dice: Dice): void {
  for (const type of types) {
    if (dice.chance(35)) share(world, type, dice);
    if (dice.chance(25)) takeOver(world, type, dice);
    for (let count = dice.pick([0, 1, 1, 2, 3]); count > 0; count -= 1) need(world, type, dice);
  }
  for (const type of types) if (dice.chance(40)) provide(world, type, dice);
}

const isKeyField = (type: ObjectType, { name }: Field): boolean =>
  [...type.keys.values()].flat().some(({ fields }) => fields.split(/\W+/).includes(name));

/** Departments that the graph can ask for more of a type. */
const reachable = (type: ObjectType): string[] =>
  [...type.keys].filter(([, keys]) => keys.some(({ isResolvable }) => isResolvable)).map(([department]) => department);

/** A field that no other department has anything to do with yet. */
function freeFields(type: ObjectType): Field[] {
  return [...type.fields.values()].filter(
    (field) =>
      !isKeyField(type, field) &&
      field.held.size === 1 &&
      [...field.held.values()].every((holding) => Object.keys(holding).length === 0),
  );
}

function share(world: World, type: ObjectType, dice: Dice): void {
  const fields = freeFields(type);
  const departments = reachable(type);
  if (fields.length === 0) return;
  const field = dice.pick(fields);
  const others = departments.filter((department) => !field.held.has(department));
  if (
    others.length === 0 ||
    !field.possible.every(
      (name) =>
        world.objects.get(name)?.keys.size === 0 || world.objects.get(name)?.departments.has(others[0] ?? '') === true,
    )
  )
    return;
  const [other = ''] = others;
  if (!isLeaf(field.type) && field.possible.length !== 1) return;
  for (const name of field.possible) makeKnown(world, name, other, dice);
  field.held.set(other, {});
}

function takeOver(world: World, type: ObjectType, dice: Dice): void {
  const fields = freeFields(type).filter(({ type: shape }) => isLeaf(shape));
  if (fields.length === 0 || world.departments.length === 0) return;
  const field = dice.pick(fields);
  const [from = ''] = field.held.keys();
  const others = reachable(type).filter((department) => department !== from);
  if (others.length === 0) return;
  field.held.set(dice.pick(others), { override: from });
  field.held.set(from, { isOverridden: true });
}

function provide(world: World, type: ObjectType, dice: Dice): void {
  for (const field of type.fields.values()) {
    const [target] = field.possible;
    const holdings = [...field.held];
    if (target === undefined || field.possible.length !== 1 || holdings.length !== 1 || isLeaf(field.type)) continue;
    const [department, holding] = holdings[0] ?? ['', {}];
    const entity = world.objects.get(target);
    if (entity === undefined || entity.keys.size === 0 || holding.isExternal === true) continue;
    const candidates = [...entity.fields.values()].filter(
      (one) =>
        !isKeyField(entity, one) &&
        isLeaf(one.type) &&
        one.args.length === 0 &&
        (!one.held.has(department) || one.held.get(department)?.isExternal === true) &&
        resolversOf(one).length > 0 &&
        ![...one.held.values()].some(({ requires, override }) => requires !== undefined || override !== undefined),
    );
    if (candidates.length === 0) continue;
    const provided = dice.some(candidates, 2);
    for (const one of provided) one.held.set(department, { isExternal: true });
    holding.provides = provided.map(({ name }) => name).join(' ');
    return;
  }
}

/** A field that its department can answer only with what others say. */
function need(world: World, type: ObjectType, dice: Dice): void {
  const departments = reachable(type);
  if (departments.length < 2) return;
  const department = dice.pick(departments);
  const candidates = [...type.fields.values()].filter((field) => {
    const holding = field.held.get(department);
    return (
      !isKeyField(type, field) &&
      (holding === undefined || holding.isExternal === true) &&
      resolversOf(field).length > 0
    );
  });
  const chosen = dice.some(candidates, dice.pick([1, 1, 2, 3])).flatMap((field) => {
    const selection = selectionOf(world, field, { department, depth: 0 }, dice);
    return selection === undefined ? [] : [{ field, selection }];
  });
  if (chosen.length === 0) return;
  for (const { field } of chosen) field.held.set(department, { isExternal: true });
  const made = hold(
    type,
    {
      name: takeName(type, dice),
      type: drawWrapped(drawLeaf(dice), dice, false),
      args: dice.chance(35) ? drawArguments(dice) : [],
    },
    department,
  );
  made.held.set(department, { requires: chosen.map(({ selection }) => selection).join(' ') });
}

/**
 * What is needed of a field, as a selection that the department's schema allows; undefined when it cannot be named
 * there.
 */
function selectionOf(
  world: World,
  field: Field,
  { department, depth }: { department: string; depth: number },
  dice: Dice,
): string | undefined {
  const given = field.args.flatMap((argument) =>
    argument.type.nonNull || dice.chance(70) ? [`${argument.name}: ${literalFor(argument.type, dice)}`] : [],
  );
  const asked = `${field.name}${given.length === 0 ? '' : `(${given.join(', ')})`}`;
  if (isLeaf(field.type)) return asked;
  if (depth > 1) return undefined;
  if (field.possible.length === 1) {
    const [target = ''] = field.possible;
    const inner = innerSelection(world, target, { department, depth: depth + 1 }, dice);
    return inner === undefined ? undefined : `${asked} { ${inner} }`;
  }
  const parts = field.possible.map((target) => ({
    target,
    inner:
      world.objects.get(target)?.departments.has(department) === true
        ? innerSelection(world, target, { department, depth: depth + 1 }, dice)
        : undefined,
  }));
  const abstract = 'of' in field.type ? undefined : field.type.name;
  const isKnown =
    abstract !== undefined &&
    (world.unions.get(abstract)?.departments.has(department) === true ||
      world.interfaces.get(abstract)?.departments.has(department) === true);
  const known = parts.filter(({ inner }) => inner !== undefined);
  if (!isKnown || known.length === 0) return undefined;
  return `${asked} { ${known.map(({ target, inner = '' }) => `... on ${target} { ${inner} }`).join(' ')} }`;
}

function innerSelection(
  world: World,
  target: string,
  at: { department: string; depth: number },
  dice: Dice,
): string | undefined {
  const type = world.objects.get(target);
  if (type === undefined) return undefined;
  if ([...type.interfaces].some((name) => world.interfaces.get(name)?.objectIn.has(at.department))) return undefined;
  makeKnown(world, target, at.department, dice);
  const fields = [...type.fields.values()].filter(
    (field) =>
      isLeaf(field.type) &&
      (field.held.get(at.department) === undefined ||
        type.keys.size === 0 ||
        isKeyField(type, field) ||
        field.held.get(at.department)?.isExternal === true) &&
      resolversOf(field).length > 0,
  );
  const nested =
    at.depth < 2 ? [...type.fields.values()].filter((field) => type.keys.size === 0 && !isLeaf(field.type)) : [];
  const chosen = dice.some([...fields, ...nested], 2);
  const parts = chosen.flatMap((field) => {
    const selection = selectionOf(world, field, at, dice);
    if (selection === undefined) return [];
    if (type.keys.size > 0 && !isKeyField(type, field)) field.held.set(at.department, { isExternal: true });
    return [selection];
  });
  return parts.length === 0 ? undefined : parts.join(' ');
}
