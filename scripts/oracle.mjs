// Bundles the oracle's command from its TypeScript sources and runs it; libraries stay outside the bundle and are those
// of the gateway, beside which it lies.
import { build } from 'esbuild';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const outfile = path.join(root, 'gateway', 'node_modules', '.cache', 'oracle', 'command.mjs');
await build({
  entryPoints: [path.join(root, 'tests', 'gateway', 'execution', 'oracle', 'command.ts')],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'error',
});
await import(pathToFileURL(outfile).href);
