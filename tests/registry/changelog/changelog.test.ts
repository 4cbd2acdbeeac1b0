import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { changelogFeed } from '../../../registry/src/changelog/atom.js';
import { changelogMarkdown } from '../../../registry/src/changelog/markdown.js';
import type { ChangelogEntry } from '../../../registry/src/changelog/entry.js';
import { readXml as read, textOf } from '../../support/read-xml.js';

const FIRST: ChangelogEntry = {
  version: '41',
  at: new Date('2026-11-27T16:30:00Z'), // Half past midnight of the 28th in Shanghai.
  author: 'cases',
  reason: 'Appeals get a second clock.',
  changes: [{ severity: 'safe', message: 'Field Case.secondDueOn was added.' }],
};
const SECOND: ChangelogEntry = {
  version: '42',
  at: new Date('2026-11-28T02:00:00Z'),
  author: 'Wang Wei (policies)',
  decidedBy: 'admin:li',
  reason: 'The table of 2019 is no longer law.',
  changes: [
    { severity: 'safe', message: 'Field Policy.basis was added.' },
    { severity: 'breaking', message: 'Field Policy.tableOf2019 was removed.' },
    { severity: 'dangerous', message: 'Enum value PolicyStatus.PAUSED was added.' },
  ],
};
/** What somebody writes who would like to be more than text. */
const HOSTILE = '# head\n<script>alert(1)</script> [a](javascript:b) **bold** & "quoted" \u0000 ]]> 😀 \uD800';

describe('the changelog as Markdown', () => {
  it('says what changed, when in Shanghai, by whom, why and by whose decision, the latest and the worst first', () => {
    expect(toString(fromMarkdown(changelogMarkdown([FIRST, SECOND], 'The graph')), { includeImageAlt: false })).toBe(
      [
        'The graph',
        '42, 2026-11-28',
        'By Wang Wei (policies): The table of 2019 is no longer law. Decided by admin:li.',
        'breaking: Field Policy.tableOf2019 was removed.',
        'dangerous: Enum value PolicyStatus.PAUSED was added.',
        'safe: Field Policy.basis was added.',
        '41, 2026-11-28',
        'By cases: Appeals get a second clock.',
        'safe: Field Case.secondDueOn was added.',
      ].join(''),
    );
  });

  it('lets nobody make markup of what they write', () => {
    const text = changelogMarkdown(
      [{ ...FIRST, author: HOSTILE, reason: HOSTILE, changes: [{ severity: 'safe', message: HOSTILE }] }],
      'The graph',
    );
    const kinds = new Set<string>();
    const collect = (node: { type: string; children?: unknown[] }): void => {
      kinds.add(node.type);
      for (const child of (node.children ?? []) as { type: string }[]) collect(child);
    };
    collect(fromMarkdown(text));
    expect([...kinds].toSorted()).toEqual(
      ['heading', 'list', 'listItem', 'paragraph', 'root', 'strong', 'text'].toSorted(),
    );
  });

  it('says that there is nothing yet', () => {
    expect(changelogMarkdown([], 'The graph')).toBe('# The graph\n\nNothing has been published yet.\n');
  });
});

const HEAD = {
  title: 'Schema & more',
  url: 'https://hub.example/schema/changes.atom?a=1&b=2',
  since: new Date('2026-01-01T00:00:00Z'),
};

describe('the changelog as a feed', () => {
  it('is an Atom feed: what RFC 4287 asks of the feed and of each entry is there', () => {
    const feed = read(changelogFeed([FIRST, SECOND], HEAD));
    expect([feed.name, feed.attributes['xmlns']]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
    expect(['id', 'title', 'updated'].map((name) => textOf(feed, name))).toEqual([
      HEAD.url,
      HEAD.title,
      '2026-11-28T02:00:00.000Z',
    ]);
    expect(feed.children.find(({ name }) => name === 'link')?.attributes).toMatchObject({
      rel: 'self',
      href: HEAD.url,
    });
    const entries = feed.children.filter(({ name }) => name === 'entry');
    expect(entries.map((entry) => ['id', 'title', 'updated', 'content'].map((name) => textOf(entry, name)))).toEqual([
      [
        `${HEAD.url}#42`,
        '42: 3 changes, 1 breaking',
        '2026-11-28T02:00:00.000Z',
        'The table of 2019 is no longer law.\nDecided by admin:li.\nbreaking: Field Policy.tableOf2019 was removed.\ndangerous: Enum value PolicyStatus.PAUSED was added.\nsafe: Field Policy.basis was added.',
      ],
      [
        `${HEAD.url}#41`,
        '41: 1 change',
        '2026-11-27T16:30:00.000Z',
        'Appeals get a second clock.\nsafe: Field Case.secondDueOn was added.',
      ],
    ]);
    expect(entries.map(({ children }) => children.find(({ name }) => name === 'author')?.children[0]?.text)).toEqual([
      'Wang Wei (policies)',
      'cases',
    ]);
  });

  it('stays well formed whatever people write, and gives it back where XML can', () => {
    const feed = read(changelogFeed([{ ...FIRST, author: HOSTILE, reason: HOSTILE }], HEAD));
    const entry = feed.children.find(({ name }) => name === 'entry');
    const kept = HOSTILE.replace('\u0000', '\uFFFD').replace('\uD800', '\uFFFD');
    expect(entry === undefined ? '' : textOf(entry, 'content')).toContain(kept);
  });

  it('is a feed before anything was published', () => {
    expect(textOf(read(changelogFeed([], HEAD)), 'updated')).toBe('2026-01-01T00:00:00.000Z');
  });
});
