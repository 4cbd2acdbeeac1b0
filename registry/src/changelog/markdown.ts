import { dayInShanghai } from '@zhitong/values';
import { latestFirst, worstFirst, type ChangelogEntry } from './entry.js';

/**
 * The changelog of a schema as Markdown: what changed, when (the day in Shanghai), by whom, for which reason and by
 * whose decision, the latest first. What people wrote stays text: it makes no markup of its own.
 */
export function changelogMarkdown(publications: readonly ChangelogEntry[], title: string): string {
  const sections = latestFirst(publications).map(section);
  return `# ${plain(title)}\n\n${sections.length === 0 ? 'Nothing has been published yet.\n' : sections.join('\n')}`;
}

function section({ version, at, author, decidedBy, reason, changes }: ChangelogEntry): string {
  const decision = decidedBy === undefined ? '' : ` Decided by ${plain(decidedBy)}.`;
  const lines = worstFirst(changes).map(({ severity, message }) => `- **${severity}**: ${plain(message)}\n`);
  return [
    `## ${plain(version)}, ${dayInShanghai(at)}\n\n`,
    `By ${plain(author)}: ${plain(reason)}${decision}\n\n`,
    ...(lines.length === 0 ? ['Nothing changed for callers.\n'] : lines),
  ].join('');
}

/** One line in which no character is markup (CommonMark, backslash escapes). */
const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, String.raw`\$&`);
