import { isBlocking, type Evidence, type JudgedChange } from './judgement.js';
import type { Severity } from './schema-change.js';

/** A reason why a proposal cannot be composed, at its place. */
export interface Fault {
  readonly message: string;
  /** Where it can be mended; a fault between departments may have several places, or none that can be named. */
  readonly places: readonly FaultPlace[];
}

/** A place in a department's schema. */
export interface FaultPlace {
  readonly department: string;
  /** Type or field as it is defined there: `Case.dueOn`. */
  readonly coordinate: string | null;
  readonly line: number | null;
}

/** What a check of a proposal found. */
export interface CheckReport {
  readonly department: string;
  /** Whether the proposal may be published without force. */
  readonly ok: boolean;
  readonly faults: readonly Fault[];
  readonly changes: readonly JudgedChange[];
  /** What should be known and refuses nothing. */
  readonly warnings: readonly string[];
  readonly evidence: Pick<Evidence, 'days' | 'countedSince'> & { readonly isCounted: boolean };
}

/** The report of a proposal that composes, or does not. */
export function checkReport({
  department,
  faults,
  changes,
  warnings,
  evidence,
}: Pick<CheckReport, 'department' | 'faults' | 'changes' | 'warnings'> & { evidence: Evidence }): CheckReport {
  return {
    department,
    ok: faults.length === 0 && !changes.some(isBlocking),
    faults,
    changes,
    warnings,
    evidence: { days: evidence.days, countedSince: evidence.countedSince, isCounted: evidence.counted !== null },
  };
}

/** Who is named one by one; the others are counted. */
const MOST_NAMED = 5;
const WEEK = 7;
const count = new Intl.NumberFormat('en');

/** One change as a sentence: what it does, who uses it, who needs it, who approved it. */
export function sentence(change: JudgedChange, { evidence }: Pick<CheckReport, 'evidence'>): string {
  const span = evidence.days === WEEK ? 'this week' : `in ${evidence.days} days`;
  const uses = [
    ...change.usedBy.map((use) => `${clientName(use)} used it ${times(use.count)} ${span}`),
    ...change.registeredIn.map((use) => `${clientName(use)} has registered ${use.operation}`),
    ...change.neededBy.map((name) => `${name} needs it`),
  ];
  const rest = uses.length - MOST_NAMED;
  const told = rest > 0 ? [...uses.slice(0, MOST_NAMED), `and ${rest} more`] : uses;
  const known = {
    SAFE: [],
    UNUSED: [`nobody used it ${span}`],
    UNKNOWN: ['who uses it is not known'],
    USED: told,
    APPROVED: [
      ...told,
      ...(change.approval === null ? [] : [`approved by ${change.approval.by}: ${change.approval.reason}`]),
    ],
  }[change.verdict];
  return known.length === 0 ? change.message : `${change.message}: ${known.join('; ')}`;
}

const times = (uses: number): string => (uses === 1 ? 'once' : `${count.format(uses)} times`);

const clientName = ({ client, version }: { client: string; version: string }): string =>
  version === '' ? client : `${client} ${version}`;

const HEADINGS: Readonly<Record<Severity, string>> = {
  BREAKING: 'Breaking',
  DANGEROUS: 'Dangerous',
  SAFE: 'Safe',
};

/** The report for a terminal: one line for each fault and change. */
export function textReport(report: CheckReport): string {
  const lines = [
    ...report.faults.map((fault) => `fault: ${faultLine(fault)}`),
    ...report.changes.map(
      (change) =>
        `${isBlocking(change) ? 'REFUSED ' : ''}${change.severity.toLowerCase()}: ${sentence(change, report)} [${change.id}]`,
    ),
    ...report.warnings.map((warning) => `warning: ${warning}`),
    ...basis(report),
    summary(report),
  ];
  return `${lines.join('\n')}\n`;
}

/** The report as a comment on a proposal of change: Markdown, bounded in size. */
export function markdownReport(report: CheckReport): string {
  const sections = (Object.keys(HEADINGS) as Severity[]).flatMap((severity) => {
    const changes = report.changes.filter((change) => change.severity === severity);
    if (changes.length === 0) return [];
    const rows = changes.slice(0, MOST_ROWS).map((change) => {
      const refused = isBlocking(change) ? '**refused** ' : '';
      return `- ${refused}${markdown(sentence(change, report))} (\`${change.id}\`)`;
    });
    const rest = changes.length - rows.length;
    return [`### ${HEADINGS[severity]}`, [...rows, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n')];
  });
  const faults =
    report.faults.length === 0
      ? []
      : [
          '### Does not compose',
          report.faults
            .slice(0, MOST_ROWS)
            .map((fault) => `- ${markdown(faultLine(fault))}`)
            .join('\n'),
        ];
  const warnings =
    report.warnings.length === 0 ? [] : ['### Warnings', report.warnings.map((one) => `- ${markdown(one)}`).join('\n')];
  return `${[`## Schema of ${report.department}: ${report.ok ? 'may be published' : 'refused'}`, ...faults, ...sections, ...warnings, markdown([...basis(report), summary(report)].join(' '))].join('\n\n')}\n`;
}

/** A comment shows so many changes of one severity. */
const MOST_ROWS = 50;

/**
 * Departments, clients and reasons are other people's words: they stay text. What stands between backticks and can be a
 * coordinate is code, in which nothing is escaped.
 */
const markdown = (text: string): string =>
  text
    .split(/(`[\w.@:()]+`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll(/[<>&|*_[\]\\`#]/g, (sign) => `\\${sign}`)))
    .join('')
    .replaceAll('\n', ' ');

function faultLine({ message, places }: Fault): string {
  const where = places.map(({ department, coordinate, line }) =>
    [department, coordinate, line === null ? null : `line ${line}`].filter((part) => part !== null).join(' '),
  );
  return where.length === 0 ? message : `${message} [${where.join('; ')}]`;
}

function basis({ evidence, changes }: CheckReport): string[] {
  if (changes.every(({ severity }) => severity === 'SAFE')) return [];
  if (!evidence.isCounted) return ['Nobody could be asked who uses the graph: breaking changes are refused.'];
  if (evidence.countedSince === null) return ['No gateway has counted any use yet.'];
  return [`Use is counted since ${evidence.countedSince}; ${evidence.days} days were looked at.`];
}

function summary({ ok, department, faults, changes }: CheckReport): string {
  if (faults.length > 0) return `${department} does not compose: ${faults.length} faults.`;
  const refused = changes.filter(isBlocking).length;
  if (!ok) return `${department} is refused: ${refused} of ${changes.length} changes break what is used.`;
  return changes.length === 0
    ? `${department} changes nothing.`
    : `${department} may be published: ${changes.length} changes.`;
}
