// Transpiles each workspace's src/ to dist/ (types are checked apart, by `npm run typecheck`).
// Takes well under a second, so every start and test run builds afresh and dist/ is never stale.
import { build } from 'esbuild';
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const workspaces = [
  'values',
  'kit',
  'connect',
  'demo',
  'gateway',
  'launcher',
  ...readdirSync(path.join(root, 'subgraphs')).map((name) => `subgraphs/${name}`),
].filter((workspace) => existsSync(path.join(root, workspace, 'src')));

const sources = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${path.sep}generated${path.sep}`));

const clean = process.argv.includes('--clean');
await Promise.all(
  workspaces.map(async (workspace) => {
    const folder = path.join(root, workspace);
    if (clean) await rm(path.join(folder, 'dist'), { recursive: true, force: true });
    await build({
      entryPoints: sources(path.join(folder, 'src')),
      outbase: path.join(folder, 'src'),
      outdir: path.join(folder, 'dist'),
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: true,
      logLevel: 'error',
    });
  }),
);
