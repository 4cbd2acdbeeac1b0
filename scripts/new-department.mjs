// npm run new-department -- <name>: makes subgraphs/<name> from the template, tests included. It touches nothing else.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const FOLDER = path.join(ROOT, 'subgraphs');
const TEMPLATE = path.join(import.meta.dirname, 'department-template');
const FIRST_PORT = 4_001;
/** Beside the graph's port 4000 lie those of the schema registry and of the operations, which are no department's. */
const TAKEN = [4_008, 4_009];

function fail(message) {
  process.stderr.write(`new-department: ${message}\n`);
  process.exit(1);
}

const [name, ...more] = process.argv.slice(2);
if (name === undefined || more.length > 0) fail('one name is needed, for example: npm run new-department -- permits');
if (!/^[a-z][a-z0-9]{1,30}$/.test(name))
  fail(`"${name}" cannot be a department's name: small letters and digits, at most 31, beginning with a letter.`);
if (name === 'gateway') fail('"gateway" is no department.');
const target = path.join(FOLDER, name);
if (existsSync(target)) fail(`subgraphs/${name} is there already.`);

const ports = readdirSync(FOLDER)
  .map((one) => path.join(FOLDER, one, 'department.json'))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')).port);
let port = FIRST_PORT;
while (ports.includes(port) || TAKEN.includes(port)) port += 1;

const values = { name, Name: name[0].toUpperCase() + name.slice(1), NAME: name.toUpperCase(), port: String(port) };
const files = readdirSync(TEMPLATE, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
for (const entry of files) {
  const from = path.join(entry.parentPath, entry.name);
  const to = path.join(target, path.relative(TEMPLATE, from).replace(/\.txt$/, ''));
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(
    to,
    readFileSync(from, 'utf8').replaceAll(/\{\{(name|Name|NAME|port)\}\}/g, (_, key) => values[key]),
  );
}
process.stdout.write(
  `subgraphs/${name} is made, with port ${port}. Next: npm run codegen && npm run compose && npm run codeowners && npm test -- subgraphs/${name}\n`,
);
