import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Lays a small tree with the project's folders, and tells which rules it breaks. */
async function brokenRules(files: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zhitong-imports-'));
  const tree: Record<string, string> = { 'tsconfig.json': '{"compilerOptions":{"module":"NodeNext","moduleResolution":"NodeNext"}}', 'package.json': '{"type":"module"}', ...files };
  for (const library of ['mongoose', 'graphql']) {
    tree[`node_modules/${library}/package.json`] = JSON.stringify({ name: library, version: '1.0.0', main: 'index.js' });
    tree[`node_modules/${library}/index.js`] = '';
  }
  for (const [file, text] of Object.entries(tree)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  const report = await new Promise<string>((resolve) => {
    execFile(process.execPath, [path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), '--config', path.join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', '.'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => {
      resolve(stdout);
    });
  });
  await rm(folder, { recursive: true, force: true });
  const { summary } = JSON.parse(report) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

const file = 'export const x = 1;';

describe('the import rules', () => {
  it('pass a tree that keeps them', async () => {
    expect(
      await brokenRules({
        'subgraphs/cases/src/domain/clock.ts': file,
        'values/src/index.ts': "export { x as y } from './text.js';",
        'values/src/text.ts': file,
        'subgraphs/cases/src/domain/deadline.ts': "export { x } from './clock.js';\nexport { y } from '../../../../values/src/index.js';",
        'subgraphs/cases/src/models/case.ts': "import 'mongoose';\nexport { x } from '../domain/deadline.js';",
        'subgraphs/cases/src/resolvers/case.ts': "export { x } from '../domain/deadline.js';\nexport type { x as y } from '../models/case.js';",
        'kit/src/index.ts': file,
        'gateway/src/index.ts': "export { x } from '../../kit/src/index.js';",
        'launcher/src/main.ts': "export { x } from '../../gateway/src/index.js';",
      }),
    ).toEqual([]);
  });

  it.each<[string, string, Record<string, string>]>([
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
  ])('%s refuses %s', async (rule, _what, files) => {
    expect(await brokenRules(files)).toContain(rule);
  });
});
