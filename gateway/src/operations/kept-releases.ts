import { z } from 'zod';
import { readIfPresent, replaceFile } from '@zhitong/kit';
import { clientRelease, type ClientDocumentStore, type ClientRelease } from './client-documents.js';

/**
 * A store whose last state lies in a file, too: a gateway that starts while the store is away answers what was
 * registered then. While it runs it keeps what it has, as `trustedDocuments` does.
 */
export function keptReleases(
  store: Pick<ClientDocumentStore, 'releases'>,
  file: string,
): Pick<ClientDocumentStore, 'releases'> {
  let last: string | undefined;
  return {
    releases: async () => {
      try {
        const releases = await store.releases();
        const state = JSON.stringify(
          releases.map(({ client, version, publishedAt }) => [client, version, publishedAt]),
        );
        if (state !== last) replaceFile(file, JSON.stringify(releases));
        last = state;
        return releases;
      } catch (error) {
        const kept = last === undefined ? read(file) : undefined;
        if (kept === undefined) throw error;
        return kept;
      }
    },
  };
}

/** Undefined: none, or half a disk's. */
function read(file: string): readonly ClientRelease[] | undefined {
  try {
    return z.array(clientRelease).parse(JSON.parse(readIfPresent(file) ?? ''));
  } catch {
    return undefined;
  }
}
