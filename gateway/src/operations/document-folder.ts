import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readOrCreate } from '@zhitong/kit';
import {
  clientRelease,
  judgeRelease,
  RefusedRelease,
  type ClientDocumentStore,
  type ClientRelease,
} from './client-documents.js';

/**
 * Registered documents as files, `<client>/<version>.json`, for a hub without a registry: they can be copied, reviewed
 * and kept in version control.
 */
export function documentFolder(folder: string): ClientDocumentStore {
  const fileOf = (client: string, version: string): string => path.join(folder, client, `${version}.json`);
  const releases = async (): Promise<ClientRelease[]> => {
    const found: ClientRelease[] = [];
    for (const client of await namesIn(folder))
      for (const file of await namesIn(path.join(folder, client)))
        if (file.endsWith('.json')) found.push(await readRelease(path.join(folder, client, file)));
    return found;
  };
  return {
    releases,
    publish: async (release) => {
      if (judgeRelease(release, await releases()) === 'known') return 'known';
      const text = `${JSON.stringify(release, null, 2)}\n`;
      if (readOrCreate(fileOf(release.client, release.version), () => text) !== text)
        throw new RefusedRelease(`${release.client} ${release.version} is being registered by somebody else.`);
      return 'published';
    },
    retire: async (client, version) => {
      const isThere = (await releases()).some((one) => one.client === client && one.version === version);
      if (isThere) await rm(fileOf(client, version));
      return isThere;
    },
  };
}

async function readRelease(file: string): Promise<ClientRelease> {
  const read = clientRelease.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!read.success) throw new Error(`${file} is no registered release: ${z.prettifyError(read.error)}`);
  return read.data;
}

/** The names in a folder, sorted; none when it does not exist. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR')
      return [];
    throw error;
  }
}
