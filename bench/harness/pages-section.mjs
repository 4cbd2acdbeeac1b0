import { number, spreadText, table } from './tables.mjs';

/** The pages' part of RESULTS.md. */
export function pagesSection({ roles }) {
  return [
    '## The pages',
    'From the beginning of the navigation until the browser has painted the first part of the page with what the graph answered, in Chromium with an empty cache, and what was sent until then (compressed, with headers; scripts, style and answer).',
    table(
      ['first page of', 'ms', 'kB', 'requests', 'of them to the graph'],
      Object.entries(roles).map(([role, { milliseconds, kilobytes, requests, questions }]) => [
        role,
        spreadText(milliseconds),
        spreadText(kilobytes),
        number(requests.median),
        number(questions.median),
      ]),
    ),
  ].join('\n\n');
}
