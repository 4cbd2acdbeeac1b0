export { ATOM_TYPE, atomFeed } from './atom.js';
export type { Feed, FeedEntry } from './feed.js';
export { RSS_TYPE, rssFeed } from './rss.js';
