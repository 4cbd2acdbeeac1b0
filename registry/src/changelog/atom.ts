import { atomFeed, type FeedEntry } from '@zhitong/kit/feed';
import { latestFirst, worstFirst, type ChangelogEntry } from './entry.js';

/** What a feed says of itself. */
export interface FeedHead {
  readonly title: string;
  /** Its address; the ids of the feed and its entries begin with it. */
  readonly url: string;
  /** When nothing has been published yet, since when it has been so. */
  readonly since: Date;
}

/**
 * The changelog of a schema as an Atom feed (RFC 4287), the latest publication first; a reader recognises an entry by
 * the feed's address and the version.
 */
export function changelogFeed(publications: readonly ChangelogEntry[], { title, url, since }: FeedHead): string {
  const entries = latestFirst(publications);
  return atomFeed({
    id: url,
    title,
    updated: entries[0]?.at ?? since,
    self: url,
    entries: entries.map((publication) => entry(publication, url)),
  });
}

function entry({ version, at, author, decidedBy, reason, changes }: ChangelogEntry, url: string): FeedEntry {
  const decision = decidedBy === undefined ? [] : [`Decided by ${decidedBy}.`];
  const told = worstFirst(changes).map(({ severity, message }) => `${severity}: ${message}`);
  return {
    id: `${url}#${encodeURIComponent(version)}`,
    title: `${version}: ${summary(changes)}`,
    updated: at,
    author,
    content: [reason, ...decision, ...(told.length === 0 ? ['Nothing changed for callers.'] : told)].join('\n'),
  };
}

function summary(changes: ChangelogEntry['changes']): string {
  const breaking = changes.filter(({ severity }) => severity === 'breaking').length;
  const count = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`;
  return breaking === 0 ? count : `${count}, ${breaking} breaking`;
}
