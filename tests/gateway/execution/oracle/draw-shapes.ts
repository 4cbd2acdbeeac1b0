import type { Dice } from './dice.js';
import { LEAVES, nullable, type Argument, type ObjectType, type Shape } from './world.js';

/** Names that mostly mean one type, so that fields of different types can often be asked under one key. */
const NAMES = [
  'name',
  'size',
  'state',
  'note',
  'kind',
  'rank',
  'owner',
  'parts',
  'toString',
  'constructor',
  'share',
  'place',
  'since',
];

export function takeName(type: ObjectType, dice: Dice): string {
  const free = NAMES.filter((name) => !type.fields.has(name));
  return free.length > 0 ? dice.pick(free) : `field${type.fields.size}`;
}

export function drawLeaf(dice: Dice): Shape {
  return nullable(dice.pick([...LEAVES, 'String', 'Int', 'String', 'Int']));
}

/** The type as it is, or a list or a list of lists of it; `isStrict` lets some of it be non-null. */
export function drawWrapped(shape: Shape, dice: Dice, isStrict: boolean): Shape {
  const depth = dice.pick([0, 0, 0, 0, 0, 1, 1, 2]);
  let wrapped: Shape = { ...shape, nonNull: depth > 0 ? dice.chance(40) : isStrict };
  for (let level = depth; level > 0; level -= 1)
    wrapped = { of: wrapped, nonNull: level > 1 ? dice.chance(40) : isStrict };
  return wrapped;
}

const ARGUMENTS: readonly Argument[] = [
  { name: 'size', type: nullable('Int') },
  { name: 'first', type: nullable('Int'), defaultValue: '2' },
  { name: 'name', type: nullable('String'), defaultValue: '""' },
  { name: 'mood', type: nullable('Mood') },
  { name: 'moods', type: { of: { name: 'Mood', nonNull: true }, nonNull: false }, defaultValue: '[SAD]' },
  { name: 'tags', type: { of: { name: 'String', nonNull: false }, nonNull: false } },
  { name: 'wish', type: nullable('Wish') },
  { name: 'need', type: { name: 'Int', nonNull: true } },
  { name: 'json', type: nullable('Json') },
  { name: 'amount', type: nullable('Digits') },
  { name: 'id', type: nullable('ID') },
  { name: 'rate', type: nullable('Float'), defaultValue: '0.5' },
  { name: 'flag', type: nullable('Boolean'), defaultValue: 'false' },
  { name: 'grid', type: { of: { of: { name: 'Int', nonNull: false }, nonNull: false }, nonNull: false } },
];

export function drawArguments(dice: Dice): Argument[] {
  return dice.some(ARGUMENTS, dice.pick([1, 1, 2]));
}
