// not-pressed.mjs FOLDER: the mutations of the pages that no run with ZHITONG_PRESSED=FOLDER has seen acknowledged.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: node tests/web/support/not-pressed.mjs FOLDER');
const pressed = new Set(readFileSync(path.join(folder, 'mutations.txt'), 'utf8').trim().split('\n'));
const sources = path.resolve(import.meta.dirname, '..', '..', '..', 'web', 'src');
const mutations = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated'))
  .flatMap((file) =>
    [...readFileSync(path.join(sources, file), 'utf8').matchAll(/^\s*mutation (\w+)/gm)].map(([, name]) => ({
      name,
      file,
    })),
  );
const missing = mutations.filter(({ name }) => !pressed.has(name));
for (const { name, file } of missing) console.log(`${name}  ${file}`);
console.log(`${mutations.length - missing.length} of ${mutations.length} mutations were acknowledged`);
