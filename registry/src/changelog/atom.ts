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
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    '<feed xmlns="http://www.w3.org/2005/Atom">\n',
    `  <id>${xml(url)}</id>\n`,
    `  <title>${xml(title)}</title>\n`,
    `  <updated>${(entries[0]?.at ?? since).toISOString()}</updated>\n`,
    `  <link rel="self" type="application/atom+xml" href="${xml(url)}"/>\n`,
    ...entries.map((publication) => entry(publication, url)),
    '</feed>\n',
  ].join('');
}

function entry({ version, at, author, decidedBy, reason, changes }: ChangelogEntry, url: string): string {
  const decision = decidedBy === undefined ? [] : [`Decided by ${decidedBy}.`];
  const told = worstFirst(changes).map(({ severity, message }) => `${severity}: ${message}`);
  const content = [reason, ...decision, ...(told.length === 0 ? ['Nothing changed for callers.'] : told)].join('\n');
  return [
    '  <entry>\n',
    `    <id>${xml(`${url}#${encodeURIComponent(version)}`)}</id>\n`,
    `    <title>${xml(`${version}: ${summary(changes)}`)}</title>\n`,
    `    <updated>${at.toISOString()}</updated>\n`,
    `    <author><name>${xml(author)}</name></author>\n`,
    `    <content type="text">${xml(content)}</content>\n`,
    '  </entry>\n',
  ].join('');
}

function summary(changes: ChangelogEntry['changes']): string {
  const breaking = changes.filter(({ severity }) => severity === 'breaking').length;
  const count = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`;
  return breaking === 0 ? count : `${count}, ${breaking} breaking`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that XML 1.0 has no way to write (section 2.2), unpaired surrogates among them. */
const UNWRITABLE = /[^\u{9}\u{A}\u{D}\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const xml = (text: string): string =>
  text.replaceAll(UNWRITABLE, '\u{FFFD}').replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
