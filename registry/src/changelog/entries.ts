import type { Approval } from '../domain/judgement.js';
import type { Severity } from '../domain/schema-change.js';
import type { Author, Publication } from '../models/publication.js';
import type { ChangelogEntry } from './entry.js';

/** As a reader knows somebody: the machine identity's department, or the account of an official. */
const nameOf = ({ sub, department }: Author): string => (department === null ? sub : `${sub} (${department})`);

/** Publications as entries of the changelog; what was forced or approved names who decided it. */
export function changelogEntries(
  publications: readonly Publication[],
  approvals: readonly Approval[],
): ChangelogEntry[] {
  const approved = new Map(approvals.map(({ change, by }) => [change, by]));
  return publications.map(({ number, department, kind, at, author, reason, forced, changes }) => {
    const deciders = [
      ...(forced ? [author.sub] : []),
      ...changes.flatMap(({ id, severity }) => (severity === 'BREAKING' ? (approved.get(id) ?? []) : [])),
    ];
    return {
      version: `${number} ${department}${kind === 'PUBLISH' ? '' : ` (${kind.toLowerCase()})`}`,
      at,
      author: nameOf(author),
      ...(deciders.length === 0 ? {} : { decidedBy: [...new Set(deciders)].join(', ') }),
      reason,
      changes: changes.map(({ severity, message }) => ({
        severity: severity.toLowerCase() as Lowercase<Severity>,
        message,
      })),
    };
  });
}
