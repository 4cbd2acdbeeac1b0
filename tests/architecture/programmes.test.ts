import { readFileSync } from 'node:fs';

/** How many mechanisms each of the five programmes has. */
const MECHANISMS = { L: 32, X: 58, M: 40, R: 23, H: 16 };
const ROWS = readFileSync('docs/programmes.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [LXMRH]\d/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\||\|$/g, '').trim()));

describe('the table of the programmes', () => {
  it('has every mechanism of the five', () => {
    const told = new Set(ROWS.flatMap(([numbers = '']) => numbers.split(', ')));
    const all = Object.entries(MECHANISMS).flatMap(([programme, count]) =>
      Array.from({ length: count }, (_none, at) => `${programme}${String(at + 1)}`),
    );
    expect(all.filter((number) => !told.has(number))).toEqual([]);
    expect([...told].filter((number) => !all.includes(number))).toEqual([]);
  });

  it.each(ROWS)('%s: %s has an operation with its test, or is said to be out', (_numbers, _what, operation, test) => {
    expect(operation).not.toBe('');
    if (/^out: ./.test(operation)) return;
    expect(test).toMatch(/^\[[^\]]+\]\(\.\.\/tests\/.+\.(?:long-)?test\.ts\)/);
  });
});
