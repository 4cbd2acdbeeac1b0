// Builds, then runs one of the project's programs in this very process: `node scripts/run.mjs <program> [arguments]`.
// A signal that is sent to what npm started thus reaches the program, with no shell between.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** Whether a version such as 20.11.1 lies in a range such as ">=20.11 <25". */
function isWithin(version, range) {
  const parts = (text) => text.split('.').map(Number);
  const compared = (one, other) => [0, 1, 2].map((at) => (one[at] ?? 0) - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
  return range.split(' ').every((bound) => {
    const [, sign, limit] = /^(>=|<)([\d.]+)$/.exec(bound) ?? [];
    if (limit === undefined) return true;
    const order = compared(parts(version), parts(limit));
    return sign === '<' ? order < 0 : order >= 0;
  });
}

if (!isWithin(process.versions.node, engines.node)) {
  process.stderr.write(`Node.js ${process.versions.node} cannot run this project; it needs ${engines.node}. Install such a version and start again.\n`);
  process.exit(1);
}
const [program, ...args] = process.argv.slice(2);
await import('./build.mjs');
await (await import('esbuild')).stop(); // Its helper process would stay as long as this one.
const file = path.join(root, program);
process.argv = [process.argv[0], file, ...args];
await import(pathToFileURL(file).href);
