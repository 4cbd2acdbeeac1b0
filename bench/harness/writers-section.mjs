// What the report says of eight writers of the commitment ledger.
import { spreadText, table } from './tables.mjs';

export function writersSection({ writers, runningMs, withoutMs, slower, runningP95Ms, withoutP95Ms }) {
  const rows = [
    [
      'as the department writes',
      spreadText(runningMs),
      spreadText(runningP95Ms),
      `${spreadText(slower)} times as long`,
    ],
    ['without the figures that run along', spreadText(withoutMs), spreadText(withoutP95Ms), ''],
  ];
  return `## ${writers} writers of the commitment ledger at once\n\n${table(['', 'median of a write, ms', '95 % of them, ms', ''], rows)}`;
}
