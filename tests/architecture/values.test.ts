import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const workspaces = [
  'kit',
  'demo',
  'gateway',
  'launcher',
  ...readdirSync(path.join(root, 'subgraphs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `subgraphs/${name}`),
];
const sources = workspaces.flatMap((workspace) =>
  readdirSync(path.join(root, workspace, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
    .map((file) => path.join(workspace, 'src', file)),
);
const code = (file: string): string =>
  readFileSync(path.join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

/** How a second form of a shared value would look. */
const SECOND_FORMS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a validator of days', /\\d\{4\}\)?-\(?\\d\{2\}|\biso\.date\(/],
  ['the day of a moment', /toISOString\(\)\.slice\(0, 10\)|Date\.UTC\(/],
  ['the offset or zone of Shanghai', /['"`]\+08:00|\+08:00`|timeZone: 'Asia\/Shanghai'|8 \* 3_?600_?000/],
  ['fen written as yuan', /\bfen\)? ?\/ ?100\b|Fen\)? ?\/ ?100\b|slice\(0, -2\)\}\./],
  ['a rounding of rates', /10_000n \+|20_000n/],
  ['the characters of the social credit code', /A-HJ-NPQRTUWXY|A-HJ-NP-RTUWXY|ABCDEFGHJKLMNPQRTUWXY/],
];

describe('values that every department shares', () => {
  it.each(SECOND_FORMS)('%s stands in values/ alone', (_what, pattern) => {
    expect(sources.filter((file) => pattern.test(code(file)))).toEqual([]);
  });

  it('depend on nothing', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(path.join(root, 'values/package.json'), 'utf8'),
    ) as Record<string, unknown>;
    expect([dependencies, devDependencies]).toEqual([undefined, undefined]);
  });
});
