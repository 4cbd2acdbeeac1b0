import type { Feed, FeedEntry } from './feed.js';
import { xmlText } from './xml-text.js';

/** Media type of what `atomFeed` writes. */
export const ATOM_TYPE = 'application/atom+xml; charset=utf-8';

/** A feed as Atom (RFC 4287). Every entry needs an author, its own or the feed's (section 4.1.1). */
export function atomFeed({ id, title, subtitle, updated, self, home, author, entries }: Feed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    '<feed xmlns="http://www.w3.org/2005/Atom">\n',
    `  <id>${xmlText(id)}</id>\n`,
    `  <title>${xmlText(title)}</title>\n`,
    ...(subtitle === undefined ? [] : [`  <subtitle>${xmlText(subtitle)}</subtitle>\n`]),
    `  <updated>${updated.toISOString()}</updated>\n`,
    `  <link rel="self" type="application/atom+xml" href="${xmlText(self)}"/>\n`,
    ...(home === undefined ? [] : [`  <link rel="alternate" type="text/html" href="${xmlText(home)}"/>\n`]),
    ...(author === undefined ? [] : [`  <author><name>${xmlText(author)}</name></author>\n`]),
    ...entries.map(atomEntry),
    '</feed>\n',
  ].join('');
}

function atomEntry({ id, title, updated, published, author, category, link, content }: FeedEntry): string {
  return [
    '  <entry>\n',
    `    <id>${xmlText(id)}</id>\n`,
    `    <title>${xmlText(title)}</title>\n`,
    `    <updated>${updated.toISOString()}</updated>\n`,
    ...(published === undefined ? [] : [`    <published>${published.toISOString()}</published>\n`]),
    ...(author === undefined ? [] : [`    <author><name>${xmlText(author)}</name></author>\n`]),
    ...(category === undefined
      ? []
      : [`    <category term="${xmlText(category.term)}" label="${xmlText(category.label)}"/>\n`]),
    ...(link === undefined ? [] : [`    <link rel="alternate" type="text/html" href="${xmlText(link)}"/>\n`]),
    // An entry without a link to what it stands for has content (section 4.1.2).
    ...(content === undefined && link !== undefined
      ? []
      : [`    <content type="text">${xmlText(content ?? '')}</content>\n`]),
    '  </entry>\n',
  ].join('');
}
