// Builds the pages into `dist/`, when their sources have changed: `npm start` calls it, so it must be quick.
import { build } from 'esbuild';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { firstPages } from './first-pages.mjs';

const folder = import.meta.dirname;
const dist = path.join(folder, 'dist');
/** Compressed bytes of JavaScript that a browser may need for its first page, whichever that is. */
const BUDGET_BYTES = 350_000;
const compressed = {
  '.br': promisify((content, done) =>
    brotliCompress(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }, done),
  ),
  '.gz': promisify(gzip),
};

/** Everything that decides what the build gives. */
function digestOfSources() {
  const root = path.join(folder, '..');
  const files = [
    ...readdirSync(path.join(folder, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${path.sep}generated`))
      .map((entry) => path.join(entry.parentPath, entry.name)),
    ...['build.mjs', 'codegen.mjs', 'first-pages.mjs', 'index.html', 'package.json'].map((name) =>
      path.join(folder, name),
    ),
    path.join(root, 'gateway', 'supergraph.graphql'),
    path.join(root, 'registry', 'schema.graphql'),
    path.join(root, 'package-lock.json'),
  ].sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

async function compress(file) {
  const content = await readFile(file);
  const sizes = await Promise.all(
    Object.entries(compressed).map(async ([suffix, by]) => {
      const small = await by(content);
      await writeFile(`${file}${suffix}`, small);
      return [suffix, small.length];
    }),
  );
  return Object.fromEntries(sizes);
}

/** Writes a whole build into `out`. @throws Error when the sources do not build or the first page is too large. */
async function buildInto(out, digest) {
  const { generateOperations } = await import('./codegen.mjs');
  await generateOperations();
  const assets = path.join(out, 'assets');
  const { metafile } = await build({
    entryPoints: { main: path.join(folder, 'src', 'main.tsx') },
    outdir: assets,
    absWorkingDir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    jsx: 'automatic',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  // All at once: Node compresses on as many threads as it has.
  const sizes = new Map(
    await Promise.all(
      readdirSync(assets).map(async (name) => [name, (await compress(path.join(assets, name)))['.br']]),
    ),
  );
  const pages = firstPages(metafile, sizes);
  const [worst] = pages;
  if (worst.bytes > BUDGET_BYTES)
    throw new Error(
      `The page ${worst.page} needs ${worst.bytes} compressed bytes of JavaScript; ${BUDGET_BYTES} are allowed.`,
    );
  const named = (ending) =>
    `/assets/${[...sizes.keys()].find((name) => name.startsWith('main-') && name.endsWith(ending))}`;
  const html = (await readFile(path.join(folder, 'index.html'), 'utf8'))
    .replace('__ENTRY__', named('.js'))
    .replace('__STYLE__', named('.css'));
  await writeFile(path.join(out, 'index.html'), html);
  await writeFile(path.join(out, 'built.json'), `${JSON.stringify({ digest, pages }, null, 2)}\n`);
  return worst;
}

const digest = digestOfSources();
const stamp = path.join(dist, 'built.json');
const isCurrent = existsSync(stamp) && JSON.parse(readFileSync(stamp, 'utf8')).digest === digest;
if (!isCurrent) {
  const startedAt = performance.now();
  // Whoever serves the former build goes on with whole files until the new one is whole.
  const fresh = path.join(folder, `dist-${randomUUID()}`);
  try {
    await mkdir(fresh);
    const worst = await buildInto(fresh, digest);
    await rm(dist, { recursive: true, force: true });
    await rename(fresh, dist);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(
      `Built the pages in ${seconds} s; the largest first page needs ${Math.round(worst.bytes / 1000)} kB.\n`,
    );
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
