// Third-party libraries as a few files in place of thousands.
//
// Jest loads every library anew for each test file, module by module: for a department's tests some two thousand
// resolutions, reads and compilations, which took longer than most files' tests. The same libraries, put together by
// esbuild with what they share in common chunks, are loaded in a fraction of the time. They are made once for each
// lockfile and kept.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LIBRARIES } from './libraries-once.mjs';

const root = path.resolve(import.meta.dirname, '..');
const cache = path.join(root, 'node_modules/.cache/zhitong-tests');

/**
 * Libraries that stay as they are: few test files need them, or one loads them with `require`, which modules are not
 * made for.
 */
const AS_THEY_ARE =
  /^(esbuild|knex|pg|pg-query-stream|mysql2|iconv-lite|tedious|negotiator|oidc-provider|playwright-core|@axe-core|stdnum|@jest)(\/|$)/;

/**
 * Libraries that each file loads for itself: their default output is that of the process, which a test file has of its
 * own.
 */
const FOR_EACH_FILE = new Set(['commander']);

/**
 * Makes the bundles unless they are there, and answers what Jest's `moduleNameMapper` needs to find them.
 * @returns {Promise<Record<string, string>>}
 */
export async function libraryBundles() {
  const { libraries, folder } = await made();
  const pattern = (names) => `^(${names.map((name) => name.replace(/[.+]/g, '\\$&')).join('|')})$`;
  return {
    [pattern(libraries.filter((name) => FOR_EACH_FILE.has(name)))]: `${folder}/$1.mjs`,
    [pattern(libraries.filter((name) => !FOR_EACH_FILE.has(name)))]: `${folder}/once/$1.mjs`,
  };
}

/** The file of a library's bundle; undefined when it has none. */
export async function bundleOf(name) {
  const { libraries, folder } = await made();
  return libraries.includes(name) ? path.join(folder, `${name}.mjs`) : undefined;
}

let bundles;
/** The names of the bundled libraries and the folder of the bundles, which are made unless they are there. */
const made = async () => (bundles ??= makeUnlessThere());

async function makeUnlessThere() {
  const libraries = librariesOfTheSources();
  const folder = path.join(cache, keyOf(libraries));
  if (!existsSync(folder)) await makeBundles(libraries, folder);
  return { libraries, folder };
}

/**
 * Every library that a source or a test imports by name; without those of which a workspace has a version of its own,
 * and without those of the pages, which run in a browser.
 */
function librariesOfTheSources() {
  const own = workspaces();
  const names = [...own.filter((workspace) => workspace !== 'web').map((workspace) => `${workspace}/src`), 'tests']
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .flatMap((entry) => [
      ...readFileSync(path.join(entry.parentPath, entry.name), 'utf8').matchAll(
        /^import\s(?!type)(?:[\w$*{},\s]+\sfrom\s)?'([^.'][^':]*)';$/gm,
      ),
    ])
    .map(([, name]) => name)
    .filter((name) => !name.startsWith('@zhitong/') && !AS_THEY_ARE.test(name))
    .filter(
      (name) => !own.some((workspace) => existsSync(path.join(root, workspace, 'node_modules', packageOf(name)))),
    );
  return [...new Set(names)].sort();
}

/** The folders of our own packages, as npm has them. */
function workspaces() {
  const { workspaces: patterns } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const folder = pattern.slice(0, -'/*'.length);
    return readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`);
  });
}

const packageOf = (name) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

function keyOf(libraries) {
  const hash = createHash('sha256').update(process.version).update(JSON.stringify(libraries));
  for (const file of [
    path.join(root, 'package-lock.json'),
    import.meta.filename,
    path.join(import.meta.dirname, 'libraries-once.mjs'),
  ])
    hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Made aside and put in place whole, so that neither a run beside this one nor the next finds half of them. */
async function makeBundles(libraries, folder) {
  const aside = `${folder}.${process.pid}`;
  const entries = `${aside}.entries`;
  for (const name of libraries) {
    const file = path.join(entries, `${name}.mjs`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, await entryOf(name));
  }
  await build({
    entryPoints: libraries.map((name) => path.join(entries, `${name}.mjs`)),
    outbase: entries,
    outdir: aside,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    logLevel: 'error',
    // Libraries in CommonJS require what Node has built in.
    banner: {
      js: "import { createRequire as requireOfLibraries } from 'node:module'; const require = requireOfLibraries(import.meta.url);",
    },
    plugins: [filesBesideThemselves],
  });
  for (const name of libraries) {
    const file = path.join(aside, 'once', `${name}.mjs`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, await standInOf(name, path.join(folder, `${name}.mjs`)));
  }
  await rm(entries, { recursive: true });
  await rename(aside, folder).catch(async (error) => {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
}

/** Exports what Jest gives for an import of the library: of CommonJS every property, and the whole as the default. */
async function entryOf(name) {
  const from = JSON.stringify(name);
  const library = await import(name);
  const has = (key) => Object.hasOwn(library, key);
  if (!isCommonJs(name))
    return [`export * from ${from};`, ...(has('default') ? [`export { default } from ${from};`] : [])].join('\n');
  const names = [...new Set([...Object.keys(library), ...Object.keys(library.default ?? {})])].filter(
    (key) => !['default', 'module.exports'].includes(key),
  );
  const constants = names.map((key, at) => `const export${at} = library[${JSON.stringify(key)}];`);
  const exported = names.map((key, at) => `export${at} as ${JSON.stringify(key)}`);
  return [
    `import library from ${from};`,
    'export default library;',
    ...constants,
    `export { ${exported.join(', ')} };`,
  ].join('\n');
}

/** Exports what the bundle does, out of the one that the worker has loaded. */
async function standInOf(name, bundle) {
  const library = await import(name);
  const names = isCommonJs(name)
    ? [...new Set([...Object.keys(library), ...Object.keys(library.default ?? {}), 'default'])].filter(
        (key) => key !== 'module.exports',
      )
    : Object.keys(library);
  const constants = names.map((key, at) => `const export${at} = library[${JSON.stringify(key)}];`);
  const exported = names.map((key, at) => `export${at} as ${JSON.stringify(key)}`);
  return [
    `const library = await globalThis[Symbol.for(${JSON.stringify(LIBRARIES)})](${JSON.stringify(bundle)});`,
    ...constants,
    `export { ${exported.join(', ')} };`,
  ].join('\n');
}

function isCommonJs(name) {
  const file = fileURLToPath(import.meta.resolve(name));
  if (!file.endsWith('.js')) return !file.endsWith('.mjs');
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type !== 'module';
  }
}

/** A library that reads a file of its own, or starts a program of its own, finds it where it was. */
const filesBesideThemselves = {
  name: 'files-beside-themselves',
  setup: ({ onLoad }) => {
    onLoad({ filter: /node_modules.*\.c?js$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      if (!/\b__(dir|file)name\b/.test(source) || /^(import|export)\b/m.test(source)) return undefined;
      return {
        contents: `var __dirname = ${JSON.stringify(path.dirname(file))}, __filename = ${JSON.stringify(file)};${source}`,
      };
    });
  },
};
