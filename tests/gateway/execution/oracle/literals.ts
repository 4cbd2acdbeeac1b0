import type { Dice } from './dice.js';
import type { Shape } from './world.js';

const TEXTS = ['', 'a', 'id', '0'];
const JSONS: readonly unknown[] = [0, '', false, 'text', 1.5, { a: 1, b: [null, { id: 'x' }] }, [1, 'x', []], {}];

/** An argument's value by chance, as JSON; null where the type allows it, now and then. */
export function valueFor(shape: Shape, dice: Dice, depth = 0): unknown {
  if (!shape.nonNull && dice.chance(12)) return null;
  if ('of' in shape) return Array.from({ length: dice.below(3) }, () => valueFor(shape.of, dice, depth));
  switch (shape.name) {
    case 'Int':
      return dice.pick([0, 1, 2, -3, 2_147_483_647]);
    case 'Float':
      return dice.pick([0, 0.5, 2, -1.25]);
    case 'Boolean':
      return dice.chance(50);
    case 'Mood':
      return dice.pick(['GLAD', 'SAD', 'name']);
    case 'Json':
      return dice.pick(JSONS);
    case 'Digits':
      return dice.pick(['0', '12.50', '', 3]);
    case 'Wish':
      return wish(dice, depth);
    default:
      return dice.pick(TEXTS);
  }
}

export const WISH: Readonly<Record<string, Shape>> = {
  size: { name: 'Int', nonNull: false },
  name: { name: 'String', nonNull: false },
  tags: { of: { name: 'String', nonNull: true }, nonNull: false },
  mood: { name: 'Mood', nonNull: false },
  and: { name: 'Wish', nonNull: false },
  more: { name: 'Json', nonNull: false },
};

function wish(dice: Dice, depth: number): Record<string, unknown> {
  const names = dice.some(Object.keys(WISH), dice.below(4)).filter((name) => name !== 'and' || depth < 2);
  return Object.fromEntries(
    names.flatMap((name) => (WISH[name] === undefined ? [] : [[name, valueFor(WISH[name], dice, depth + 1)]])),
  );
}

/** An argument's value by chance, in the language of operations and schemas. */
export function literalFor(shape: Shape, dice: Dice): string {
  return printLiteral(valueFor(shape, dice), shape);
}

/** A JSON value of the given type, in the language of operations and schemas. */
export function printLiteral(value: unknown, shape: Shape): string {
  if (value === null) return 'null';
  if ('of' in shape)
    return Array.isArray(value)
      ? `[${value.map((item) => printLiteral(item, shape.of)).join(', ')}]`
      : printLiteral(value, shape.of);
  if (shape.name === 'Mood') return value as string; // an enum's value
  if (shape.name === 'Wish')
    return `{${Object.entries(value as Record<string, unknown>)
      .map(([name, item]) => `${name}: ${printLiteral(item, WISH[name] ?? shape)}`)
      .join(', ')}}`;
  return printJson(value);
}

function printJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, item]) => `${name}: ${printJson(item)}`)
      .join(', ')}}`;
  return JSON.stringify(value);
}
