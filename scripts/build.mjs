// Transpiles each workspace's src/ to dist/ (types are checked apart, by `npm run typecheck`).
// Takes a few seconds, so every start and test run builds afresh and dist/ is never stale. Only files that change are
// replaced, each in one step: what runs from the folder meanwhile never meets half a file.
import { build } from 'esbuild';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const workspaces = [
  'values',
  'kit',
  'connect',
  'demo',
  'gateway',
  'launcher',
  'mock',
  'registry',
  ...readdirSync(path.join(root, 'subgraphs')).map((name) => `subgraphs/${name}`),
].filter((workspace) => existsSync(path.join(root, workspace, 'src')));

const sources = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${path.sep}generated${path.sep}`));

/** Writes a file unless it says the same already. */
async function replaceFile({ path: file, contents }) {
  const present = await readFile(file).catch(() => null);
  if (present?.equals(contents)) return;
  await mkdir(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, contents);
  await rename(fresh, file);
}

const clean = process.argv.includes('--clean');
await Promise.all(
  workspaces.map(async (workspace) => {
    const folder = path.join(root, workspace);
    if (clean) await rm(path.join(folder, 'dist'), { recursive: true, force: true });
    const { outputFiles } = await build({
      entryPoints: sources(path.join(folder, 'src')),
      outbase: path.join(folder, 'src'),
      outdir: path.join(folder, 'dist'),
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: true,
      logLevel: 'error',
      write: false,
    });
    for (const file of outputFiles) await replaceFile(file);
  }),
);
