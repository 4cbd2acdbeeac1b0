import { writeFileSync } from 'node:fs';
import type { CheckReport, Fault } from '../domain/report.js';
import { markdownReport, textReport } from '../domain/report.js';
import type { FiledProposal } from './department-files.js';

export interface ReportOptions {
  readonly json?: boolean | undefined;
  /** File into which the report is written as Markdown too. */
  readonly markdown?: string | undefined;
}

/** Prints a report as its reader asked for it, and sets the exit code: 1 where the proposal is refused. */
export function printReport(report: CheckReport, filed: FiledProposal | null, { json, markdown }: ReportOptions): void {
  const shown = filed === null ? report : { ...report, faults: report.faults.map((fault) => inFile(fault, filed)) };
  process.stdout.write(json === true ? `${JSON.stringify(shown, null, 2)}\n` : textReport(shown));
  if (markdown !== undefined) writeFileSync(markdown, markdownReport(shown));
  if (!report.ok) process.exitCode = 1;
}

/** Lines as the department's own file counts them. */
function inFile(fault: Fault, { department, linesBefore }: FiledProposal): Fault {
  return {
    ...fault,
    places: fault.places.map((place) =>
      place.department !== department || place.line === null
        ? place
        : { ...place, line: place.line > linesBefore ? place.line - linesBefore : null },
    ),
  };
}
