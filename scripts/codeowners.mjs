// Writes the departments' lines of .github/CODEOWNERS, one for each folder and its tests, from the owner that its
// department.json names; every other line stays. With --check it only says whether they are current (exit code 1 when
// they are not).
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(
  process.argv.find((word) => word.startsWith('--root='))?.slice('--root='.length) ??
    path.join(import.meta.dirname, '..'),
);
const FILE = path.join(root, '.github', 'CODEOWNERS');
const WIDTH = 27;

const departments = readdirSync(path.join(root, 'subgraphs'))
  .map((name) => path.join(root, 'subgraphs', name, 'department.json'))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')))
  .sort((a, b) => (a.port ?? Infinity) - (b.port ?? Infinity) || (a.name < b.name ? -1 : 1));
const hasOwnTests = (name) => existsSync(path.join(root, 'tests', name));

const isOfDepartment = (line) =>
  /^\/subgraphs\/[^/]+\//.test(line) || departments.some(({ name }) => line.startsWith(`/tests/${name}/`));
const line = (folder, owner) => `${folder.padEnd(WIDTH)}${owner}`;
const lines = departments.flatMap(({ name, owner }) => [
  line(`/subgraphs/${name}/`, owner),
  ...(hasOwnTests(name) ? [line(`/tests/${name}/`, owner)] : []),
]);

const current = readFileSync(FILE, 'utf8').split('\n');
const first = current.findIndex(isOfDepartment);
const others = current.filter((one) => !isOfDepartment(one));
const at = first === -1 ? others.length - 1 : first;
const text = [...others.slice(0, at), ...lines, ...others.slice(at)].join('\n');

if (process.argv.includes('--check')) {
  if (text !== current.join('\n')) {
    process.stderr.write('.github/CODEOWNERS does not name the owners of department.json: run npm run codeowners.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(FILE, text);
  process.stdout.write('.github/CODEOWNERS is written.\n');
}
