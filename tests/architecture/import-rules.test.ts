import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Tree = Record<string, string>;

/**
 * Lays trees with the project's folders beside one another, has them judged by one run of the command, and tells which rules each breaks.
 * A rule finds the project's folders wherever they lie, and no tree imports from another.
 */
async function brokenRules(trees: readonly Tree[]): Promise<string[][]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zhitong-imports-'));
  await lay(folder, { 'tsconfig.json': '{"compilerOptions":{"module":"NodeNext","moduleResolution":"NodeNext"}}' });
  for (const [at, tree] of trees.entries()) {
    const libraries = ['mongoose', 'graphql'].flatMap((library): [file: string, text: string][] => [
      [`node_modules/${library}/package.json`, JSON.stringify({ name: library, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${library}/index.js`, ''],
    ]);
    await lay(path.join(folder, nameOf(at)), { 'package.json': '{"type":"module"}', ...Object.fromEntries(libraries), ...tree });
  }
  const report = await new Promise<string>((resolve) => {
    execFile(process.execPath, [path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), '--config', path.join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', '.'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => {
      resolve(stdout);
    });
  });
  await rm(folder, { recursive: true, force: true });
  const { summary } = JSON.parse(report) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  return trees.map((_tree, at) => [...new Set(summary.violations.filter(({ from }) => from.startsWith(`${nameOf(at)}/`)).map(({ rule }) => rule.name))].sort());
}

const nameOf = (at: number): string => `tree-${String(at)}`;

async function lay(folder: string, tree: Tree): Promise<void> {
  for (const [file, text] of Object.entries(tree)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
}

const file = 'export const x = 1;';

const KEEPING: Tree = {
  'subgraphs/cases/src/domain/clock.ts': file,
  'values/src/index.ts': "export { x as y } from './text.js';",
  'values/src/text.ts': file,
  'subgraphs/cases/src/domain/deadline.ts': "export { x } from './clock.js';\nexport { y } from '../../../../values/src/index.js';",
  'subgraphs/cases/src/models/case.ts': "import 'mongoose';\nexport { x } from '../domain/deadline.js';",
  'subgraphs/cases/src/resolvers/case.ts': "export { x } from '../domain/deadline.js';\nexport type { x as y } from '../models/case.js';",
  'kit/src/index.ts': file,
  'gateway/src/index.ts': "export { x } from '../../kit/src/index.js';",
  'launcher/src/main.ts': "export { x } from '../../gateway/src/index.js';",
};

/** The rule, what breaks it, and a tree that does. */
const BREAKING: readonly (readonly [rule: string, what: string, tree: Tree])[] = [
  ['a-subgraph-never-imports-another', 'a subgraph that imports another', { 'subgraphs/credit/src/domain/a.ts': file, 'subgraphs/cases/src/models/b.ts': "export { x } from '../../../credit/src/domain/a.js';" }],
  ['a-subgraph-never-imports-another', 'a subgraph that imports only a type of another', { 'subgraphs/credit/src/domain/a.ts': 'export type X = 1;', 'subgraphs/cases/src/models/b.ts': "export type { X } from '../../../credit/src/domain/a.js';" }],
  ['domain-imports-only-domain', 'a domain rule that imports mongoose', { 'subgraphs/cases/src/domain/a.ts': "import 'mongoose';" }],
  ['domain-imports-only-domain', 'a domain rule that imports the kit', { 'kit/src/index.ts': file, 'subgraphs/cases/src/domain/a.ts': "export { x } from '../../../../kit/src/index.js';" }],
  ['domain-imports-only-domain', 'a domain rule that imports a model', { 'subgraphs/cases/src/models/m.ts': file, 'subgraphs/cases/src/domain/a.ts': "export { x } from '../models/m.js';" }],
  ['values-import-only-values', 'a value that imports a library', { 'values/src/a.ts': "import 'graphql';" }],
  ['values-import-only-values', 'a value that imports the kit', { 'kit/src/index.ts': file, 'values/src/a.ts': "export { x } from '../../kit/src/index.js';" }],
  ['no-circular', 'a circle', { 'gateway/src/a.ts': "import './b.js';\nexport const a = 1;", 'gateway/src/b.ts': "import './a.js';\nexport const b = 1;" }],
  ['models-know-no-graphql', 'a model that imports GraphQL', { 'subgraphs/cases/src/models/a.ts': "import 'graphql';" }],
  ['models-know-no-graphql', 'a model that imports a resolver', { 'subgraphs/cases/src/resolvers/r.ts': file, 'subgraphs/cases/src/models/a.ts': "export { x } from '../resolvers/r.js';" }],
  ['resolvers-reach-stores-through-context', 'a resolver that imports a model', { 'subgraphs/cases/src/models/m.ts': file, 'subgraphs/cases/src/resolvers/a.ts': "export { x } from '../models/m.js';" }],
  ['kit-knows-no-department', 'a kit that imports a department', { 'subgraphs/cases/src/domain/a.ts': file, 'kit/src/b.ts': "export { x } from '../../subgraphs/cases/src/domain/a.js';" }],
  ['gateway-imports-no-subgraph', 'a gateway that imports a department', { 'subgraphs/cases/src/domain/a.ts': file, 'gateway/src/b.ts': "export { x } from '../../subgraphs/cases/src/domain/a.js';" }],
  ['nothing-imports-the-launcher', 'a gateway that imports the launcher', { 'launcher/src/a.ts': file, 'gateway/src/b.ts': "export { x } from '../../launcher/src/a.js';" }],
  ['nothing-imports-the-launcher', 'a department that imports the launcher', { 'launcher/src/a.ts': file, 'subgraphs/cases/src/b.ts': "export { x } from '../../../launcher/src/a.js';" }],
  ['launcher-imports-no-subgraph', 'a launcher that imports a department', { 'subgraphs/cases/src/domain/a.ts': file, 'launcher/src/b.ts': "export { x } from '../../subgraphs/cases/src/domain/a.js';" }],
  ['launcher-uses-the-gateways-index', 'a launcher that reaches into the gateway', { 'gateway/src/http/a.ts': file, 'launcher/src/b.ts': "export { x } from '../../gateway/src/http/a.js';" }],
  ['demo-stands-alone', 'a demo city that imports the kit', { 'kit/src/index.ts': file, 'demo/src/b.ts': "export { x } from '../../kit/src/index.js';" }],
  ['only-demo-loading-imports-the-demo-city', 'a resolver that imports the demo city', { 'demo/src/index.ts': file, 'subgraphs/cases/src/resolvers/b.ts': "export { x } from '../../../../demo/src/index.js';" }],
];

describe('the import rules', () => {
  let broken: string[][];
  beforeAll(async () => void (broken = await brokenRules([KEEPING, ...BREAKING.map(([, , tree]) => tree)])));

  it('pass a tree that keeps them', () => {
    expect(broken[0]).toEqual([]);
  });

  it.each(BREAKING.map(([rule, what], at) => [rule, what, at] as const))('%s refuses %s', (rule, _what, at) => {
    expect(broken[at + 1]).toContain(rule);
  });
});
