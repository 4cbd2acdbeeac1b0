// npm run connect -- check|run <mapping> | guess <file> --target <name> --subgraph <name> | history|refusals|undo …
// --subgraph <name> Hands a command of connectors to the department that it is for: the one in whose folder the mapping
// lies, or the one that is named.
import { readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const NAMES = readdirSync(path.join(root, 'subgraphs'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const args = process.argv.slice(2);
const at = args.indexOf('--subgraph');
const [, named] = at === -1 ? [] : args.splice(at, 2);
const owner = args
  .map((one) => path.relative(path.join(root, 'subgraphs'), path.resolve(one)).split(path.sep)[0])
  .find((name) => NAMES.includes(name));
// All departments have the same commands.
const subgraph = named ?? owner ?? (args.includes('--help') ? NAMES[0] : undefined);
if (subgraph === undefined || !NAMES.includes(subgraph)) {
  process.stderr.write(
    `${named === undefined ? 'The mapping lies in no department’s folder' : `There is no subgraph ${named}`}: say --subgraph ${NAMES.join(' | ')}.\n`,
  );
  process.exit(2);
}
process.argv = [process.argv[0], process.argv[1], `subgraphs/${subgraph}/dist/cli.js`, 'connect', ...args];
await import('./run.mjs');
