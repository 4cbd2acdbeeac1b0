import type { Feed, FeedEntry } from './feed.js';
import { xmlText } from './xml-text.js';

/** Media type of what `rssFeed` writes. */
export const RSS_TYPE = 'application/rss+xml; charset=utf-8';

/**
 * A feed as RSS 2.0. Its `author` is an address of mail, so who speaks stands in `dc:creator` (Dublin Core), and the
 * feed's own address in `atom:link`, as the RSS Advisory Board's profile has it.
 */
export function rssFeed({ title, subtitle, updated, self, home, entries }: Feed): string {
  const namespaces = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"';
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    `<rss version="2.0" ${namespaces}>\n`,
    '  <channel>\n',
    `    <title>${xmlText(title)}</title>\n`,
    `    <link>${xmlText(home ?? self)}</link>\n`,
    `    <description>${xmlText(subtitle ?? title)}</description>\n`,
    `    <lastBuildDate>${updated.toUTCString()}</lastBuildDate>\n`,
    `    <atom:link rel="self" type="application/rss+xml" href="${xmlText(self)}"/>\n`,
    ...entries.map(item),
    '  </channel>\n',
    '</rss>\n',
  ].join('');
}

function item({ id, title, updated, published, author, category, link, content }: FeedEntry): string {
  return [
    '    <item>\n',
    `      <guid isPermaLink="false">${xmlText(id)}</guid>\n`,
    `      <title>${xmlText(title)}</title>\n`,
    `      <pubDate>${(published ?? updated).toUTCString()}</pubDate>\n`,
    ...(author === undefined ? [] : [`      <dc:creator>${xmlText(author)}</dc:creator>\n`]),
    ...(category === undefined ? [] : [`      <category>${xmlText(category.label)}</category>\n`]),
    ...(link === undefined ? [] : [`      <link>${xmlText(link)}</link>\n`]),
    ...(content === undefined ? [] : [`      <description>${xmlText(content)}</description>\n`]),
    '    </item>\n',
  ].join('');
}
