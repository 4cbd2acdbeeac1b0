import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BREAKING, KEEPING, type Tree } from './support/import-trees.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Lays trees with the project's folders beside one another, has them judged by one run of the command, and tells which
 * rules each breaks. A rule finds the project's folders wherever they lie, and no tree imports from another.
 */
async function brokenRules(trees: readonly Tree[]): Promise<string[][]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zhitong-imports-'));
  await lay(folder, { 'tsconfig.json': '{"compilerOptions":{"module":"NodeNext","moduleResolution":"NodeNext"}}' });
  for (const [at, tree] of trees.entries()) {
    const libraries = ['mongoose', 'graphql'].flatMap((library): [file: string, text: string][] => [
      [`node_modules/${library}/package.json`, JSON.stringify({ name: library, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${library}/index.js`, ''],
    ]);
    await lay(path.join(folder, nameOf(at)), {
      'package.json': '{"type":"module"}',
      ...Object.fromEntries(libraries),
      ...tree,
    });
  }
  const report = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [
        path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        '--config',
        path.join(root, '.dependency-cruiser.cjs'),
        '--output-type',
        'json',
        '.',
      ],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout) => {
        resolve(stdout);
      },
    );
  });
  await rm(folder, { recursive: true, force: true });
  const { summary } = JSON.parse(report) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  return trees.map((_tree, at) =>
    [
      ...new Set(
        summary.violations.filter(({ from }) => from.startsWith(`${nameOf(at)}/`)).map(({ rule }) => rule.name),
      ),
    ].sort(),
  );
}

const nameOf = (at: number): string => `tree-${String(at)}`;

async function lay(folder: string, tree: Tree): Promise<void> {
  for (const [file, text] of Object.entries(tree)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
}

/** Every rule of the file, so that none is written that no tree breaks. */
const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[];
};

describe('the import rules', () => {
  let broken: string[][];
  beforeAll(async () => void (broken = await brokenRules([KEEPING, ...BREAKING.map(([, , tree]) => tree)])));

  it('are each broken by a tree', () => {
    expect(forbidden.map(({ name }) => name).filter((name) => !BREAKING.some(([rule]) => rule === name))).toEqual([]);
  });

  it('pass a tree that keeps them', () => {
    expect(broken[0]).toEqual([]);
  });

  it.each(BREAKING.map(([rule, what], at) => [rule, what, at] as const))('%s refuses %s', (rule, _what, at) => {
    expect(broken[at + 1]).toContain(rule);
  });
});
