// The project's programs as the processes and threads of tests start them: with their libraries as the bundles of
// `library-bundles.mjs`, and our own modules put together.
//
// A department that starts loads a thousand modules one by one, which takes two thirds of its start; tests start
// hundreds of processes and threads. The copy of the project in which they lie consists of links, but for what is made
// of the sources.
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleOf } from './library-bundles.mjs';

const root = path.resolve(import.meta.dirname, '..');
const departments = readdirSync(path.join(root, 'subgraphs'))
  .map((name) => `subgraphs/${name}`)
  .filter((folder) => existsSync(path.join(root, folder, 'src')));
const WORKSPACES = ['values', 'kit', 'connect', 'demo', 'gateway', 'launcher', 'registry', ...departments];

/** What tests start, by its built file; workers of tests by their own. */
const PROGRAMS = [
  ...departments.flatMap((folder) => [`${folder}/dist/main.js`, `${folder}/dist/cli.js`]),
  'gateway/dist/main.js',
  'gateway/dist/live/graph-worker.js',
  'launcher/dist/start.js',
  'registry/dist/main.js',
  'registry/dist/composition/compose-worker.js',
  ...readdirSync(path.join(root, 'tests'))
    .map((folder) => `tests/${folder}/support`)
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`))
    .filter(
      (file) =>
        file.endsWith('.mjs') && / from '(?:@zhitong|.*\/dist)\//.test(readFileSync(path.join(root, file), 'utf8')),
    ),
];

/** Makes the copy in a new folder. */
export async function makePrograms(folder) {
  const made = new Set(['tests', 'subgraphs', ...WORKSPACES]);
  const ofDepartments = new Set(departments.map((department) => path.basename(department)));
  await mkdir(folder);
  await linkAll(root, folder, (name) => made.has(name));
  await mkdir(path.join(folder, 'subgraphs'));
  await linkAll(path.join(root, 'subgraphs'), path.join(folder, 'subgraphs'), (name) => ofDepartments.has(name));
  for (const workspace of WORKSPACES) {
    // Where programs are made there is no link to what they are made of.
    const isMade = PROGRAMS.some((file) => file.startsWith(`${workspace}/dist/`));
    await mkdir(path.join(folder, workspace));
    await linkAll(path.join(root, workspace), path.join(folder, workspace), (name) => isMade && name === 'dist');
  }
  await build({
    entryPoints: PROGRAMS.map((file) => ({ in: path.join(root, file), out: file.replace(/\.m?js$/, '') })),
    outdir: folder,
    chunkNames: 'chunks/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
    plugins: [librariesOutside, placesIn(folder)],
  });
}

/** Links what is in one folder into another. */
async function linkAll(from, to, isLeftOut) {
  for (const name of readdirSync(from))
    if (!name.startsWith('.') && !isLeftOut(name)) await symlink(path.join(from, name), path.join(to, name));
}

/** A library is its bundle, or, where it has none, the file that its importer gets. */
const librariesOutside = {
  name: 'libraries',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path: name, kind, importer, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || pluginData === 'looked up' || name.startsWith('@zhitong/')) return undefined;
      if (isBuiltin(name)) return { path: name, external: true };
      const bundle = await bundleOf(name);
      if (bundle !== undefined) return { path: bundle, external: true };
      const { path: file, errors } = await resolve(name, { kind, importer, resolveDir, pluginData: 'looked up' });
      return errors.length > 0 ? { errors } : { path: file, external: true };
    });
  },
};

/** A module finds the files beside it, and other programs, in the copy. */
const placesIn = (folder) => ({
  name: 'places',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path: file }) => {
      const source = readFileSync(file, 'utf8');
      if (!source.includes('import.meta.')) return undefined;
      const place = path.join(folder, path.relative(root, file));
      const places = { url: pathToFileURL(place).href, dirname: path.dirname(place), filename: place };
      return {
        contents: source.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_whole, name) =>
          JSON.stringify(places[name]),
        ),
      };
    });
  },
});
