import { spreadText, table } from './tables.mjs';

/** The pages' part of RESULTS.md. */
export function pagesSection({ roles }) {
  return [
    '## The pages',
    'From the beginning of the navigation until the browser has painted the first part of the page with what the graph answered, in Chromium with an empty cache, and what was sent until then.',
    table(
      ['first page of', 'ms', 'kB'],
      Object.entries(roles).map(([role, { milliseconds, kilobytes }]) => [
        role,
        spreadText(milliseconds),
        spreadText(kilobytes),
      ]),
    ),
  ].join('\n\n');
}
