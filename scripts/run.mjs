// Builds, then runs one of the project's programs in this very process: `node scripts/run.mjs <program> [arguments]`.
// A signal that is sent to what npm started thus reaches the program, with no shell between.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/**
 * Whether a version such as 22.14.0 lies in a range such as "^20.19.0 || ^22.13.0": of one of the named majors, and no
 * older.
 */
function isWithin(version, range) {
  const [major, minor] = version.split('.').map(Number);
  return range.split('||').some((one) => {
    const [, least, from] = /^\^(\d+)\.(\d+)\./.exec(one.trim());
    return major === Number(least) && minor >= Number(from);
  });
}

if (!isWithin(process.versions.node, engines.node)) {
  process.stderr.write(
    `Node.js ${process.versions.node} cannot run this project; it needs ${engines.node}. Install such a version and start again.\n`,
  );
  process.exit(1);
}
// Whoever reads the output has enough of it (`| head`): the program ends, as others do by SIGPIPE, which Node does not
// take. A program that stops in order when it is asked to is asked.
const BY_CLOSED_OUTPUT = 141;
for (const output of [process.stdout, process.stderr])
  output.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    process.exitCode = BY_CLOSED_OUTPUT;
    if (process.listenerCount('SIGTERM') === 0) process.exit();
    process.kill(process.pid, 'SIGTERM');
  });
const [program, ...args] = process.argv.slice(2);
await import('./build.mjs');
await (await import('esbuild')).stop(); // Its helper process would stay as long as this one.
const file = path.join(root, program);
process.argv = [process.argv[0], file, ...args];
await import(pathToFileURL(file).href);
