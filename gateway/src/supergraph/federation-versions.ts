import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

const INTERNALS = '@apollo/federation-internals';
const PACKAGES = [
  ...['@apollo/composition', '@apollo/gateway', '@apollo/query-graphs', '@apollo/query-planner', '@apollo/subgraph'],
  INTERNALS,
];
const manifestSchema = z.object({ name: z.string(), version: z.string() });

/**
 * Every folder of one installed tree that holds a package of this name: the top level and one nested level of each
 * package.
 */
export function copiesOf(packageName: string, nodeModules: string): string[] {
  const nested = packageFolders(nodeModules).map((folder) => path.join(folder, 'node_modules'));
  return [nodeModules, ...nested]
    .map((folder) => path.join(folder, packageName))
    .filter((folder) => manifestOf(folder) !== undefined);
}

/**
 * Refuses to run on mixed federation libraries: two copies of federation-internals, or composition, gateway and
 * subgraph of different versions, have been seen to break every query with errors that point elsewhere.
 * @throws Error that says which packages disagree.
 */
export function assertOneFederation(nodeModules: string = installedTree()): void {
  const copies = copiesOf(INTERNALS, nodeModules);
  if (copies.length !== 1) {
    throw new Error(
      `Exactly one copy of ${INTERNALS} must be installed, found ${copies.length}: ${copies.join(', ')}. Run npm ci.`,
    );
  }
  const versions = PACKAGES.flatMap((name) =>
    copiesOf(name, nodeModules).map((folder) => ({ name, version: manifestOf(folder)?.version })),
  );
  if (new Set(versions.map(({ version }) => version)).size > 1) {
    const found = versions.map(({ name, version }) => `${name} ${version ?? '?'}`).join(', ');
    throw new Error(`The federation libraries must be of one version, found ${found}. Run npm ci.`);
  }
}

function installedTree(): string {
  const entry = createRequire(import.meta.url).resolve(`${INTERNALS}/package.json`);
  return path.resolve(path.dirname(entry), '..', '..');
}

function packageFolders(nodeModules: string): string[] {
  return directories(nodeModules).flatMap((folder) =>
    path.basename(folder).startsWith('@') ? directories(folder) : [folder],
  );
}

function directories(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map((entry) => path.join(folder, entry.name));
}

function manifestOf(folder: string): z.infer<typeof manifestSchema> | undefined {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
  } catch {
    return undefined;
  }
}
