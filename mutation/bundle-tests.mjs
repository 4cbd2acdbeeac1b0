import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { build } from 'esbuild';

/** Gives each file its own `import.meta`, which a script does not have. */
const ownPlace = (root) => ({
  name: 'import.meta',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/, namespace: 'file' }, ({ path: file }) => {
      const source = readFileSync(file, 'utf8');
      if (!file.startsWith(root) || !source.includes('import.meta')) return undefined;
      const place = JSON.stringify({
        url: new URL(`file://${file}`).href,
        dirname: path.dirname(file),
        filename: file,
      });
      return { contents: source.replaceAll('import.meta.', `(${place}).`), loader: 'ts' };
    });
  },
});

/**
 * The workspaces' sources in the sandbox. (It links node_modules, and the links to workspaces lead out of it, to
 * sources without mutants.)
 */
const ownSources = (root) => ({
  name: 'workspaces',
  setup({ onResolve }) {
    onResolve({ filter: /^@zhitong\// }, ({ path: name }) => {
      const [, workspace, ...entry] = name.split('/');
      return { path: path.join(root, workspace, 'src', ...entry, 'index.ts') };
    });
  },
});

/** Packages stay outside the bundles, each in the version that its importer gets, named by its file. */
const packagesOutside = {
  name: 'packages',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path: name, kind, importer, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || pluginData === 'looked up') return undefined;
      if (isBuiltin(name)) return { path: name, external: true };
      const { path: file, errors } = await resolve(name, { kind, importer, resolveDir, pluginData: 'looked up' });
      return errors.length > 0 ? { errors } : { path: file, external: true };
    });
  },
};

/** The files of packages that a bundle leaves out. */
const leftOut = ({ imports }) => imports.filter(({ external }) => external).map((one) => one.path);

/**
 * One script for each test file, with everything that it imports from this repository inside, so that it can be started
 * afresh in a few milliseconds; packages are loaded once and kept. Each has its file, the absolute `sources` inside,
 * and `start()`.
 */
export async function bundleTests(root, files) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: files,
    outdir: path.join(root, 'bundled'),
    outbase: root,
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    conditions: [],
    plugins: [ownSources(root), packagesOutside, ownPlace(root)],
    logLevel: 'silent',
  });
  const outputs = Object.entries(metafile.outputs);
  const packages = new Map();
  for (const name of new Set(outputs.flatMap(([, output]) => leftOut(output)))) {
    packages.set(name, await import(isBuiltin(name) ? name : pathToFileURL(name).href));
  }
  // Each package as the module that Node made of it, with Node's own rule for its default export: not esbuild's, which
  // takes whatever is required for a CommonJS package (the 1 at the end).
  const load = (name) => ({ __esModule: true, ...packages.get(name) });
  const asNodeDoes = (text) => text.replace(/(__toESM\(require\("[^"]+"\)), 1\)/g, '$1)');
  return outputFiles.map(({ path: made, text }) => {
    const [, output] = outputs.find(([name]) => path.join(root, name) === made);
    const script = new vm.Script(`(function (require, module, exports) {${asNodeDoes(text)}\n})`, {
      filename: output.entryPoint,
    });
    return {
      file: output.entryPoint,
      sources: new Set(Object.keys(output.inputs).map((name) => path.join(root, name))),
      start: () => script.runInThisContext()(load, { exports: {} }, {}),
    };
  });
}
