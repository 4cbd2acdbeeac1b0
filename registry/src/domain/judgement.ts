import type { SchemaChange } from './schema-change.js';

/** How often one version of a client used a coordinate in the days that are looked at. */
export interface CountedUse {
  readonly coordinate: string;
  readonly client: string;
  readonly version: string;
  readonly count: number;
}

/** A document that a front end has registered, whether or not it ran lately. */
export interface RegisteredUse {
  readonly client: string;
  readonly version: string;
  readonly operation: string;
  readonly coordinates: ReadonlySet<string>;
}

/** What stops when a coordinate changes and never asks the graph for it by name: a policy, a webhook, a `@requires`. */
export interface Dependant {
  readonly coordinate: string;
  /** As it is told: "policy cn-kuogang-2023". */
  readonly name: string;
}

/** What is known of how the graph is used. */
export interface Evidence {
  /** Whole days up to now that `counted` covers. */
  readonly days: number;
  /** Null where nobody could be asked: nothing is known then, which is not the same as no use. */
  readonly counted: readonly CountedUse[] | null;
  /** The day from which gateways have been counting; null where they have not begun. */
  readonly countedSince: string | null;
  readonly registered: readonly RegisteredUse[];
  readonly dependants: readonly Dependant[];
}

/** Somebody's decision that one change may come although it is used. */
export interface Approval {
  readonly change: string;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/**
 * `SAFE`: nobody notices. `UNUSED`: breaking or dangerous, and nobody uses what it changes. `USED`: somebody does.
 * `UNKNOWN`: who uses it could not be found out. `APPROVED`: used or unknown, and approved.
 */
export type Verdict = 'SAFE' | 'UNUSED' | 'USED' | 'UNKNOWN' | 'APPROVED';

/** A change with what is known of who meets it. */
export interface JudgedChange extends SchemaChange {
  readonly verdict: Verdict;
  /** By client and version, the most frequent first. */
  readonly usedBy: readonly Omit<CountedUse, 'coordinate'>[];
  readonly registeredIn: readonly Omit<RegisteredUse, 'coordinates'>[];
  readonly neededBy: readonly string[];
  readonly approval: Approval | null;
}

/** Holds each change against who uses what it affects. */
export function judge(
  changes: readonly SchemaChange[],
  evidence: Evidence,
  approvals: readonly Approval[] = [],
): JudgedChange[] {
  const counted = byCoordinate(evidence.counted ?? []);
  const dependants = byCoordinate(evidence.dependants);
  const approved = new Map(approvals.map((approval) => [approval.change, approval]));
  return changes.map((change) => {
    if (change.severity === 'SAFE')
      return { ...change, verdict: 'SAFE', usedBy: [], registeredIn: [], neededBy: [], approval: null };
    const usedBy = summed(change.affects.flatMap((coordinate) => counted.get(coordinate) ?? []));
    const registeredIn = evidence.registered
      .filter(({ coordinates }) => change.affects.some((coordinate) => coordinates.has(coordinate)))
      .map(({ client, version, operation }) => ({ client, version, operation }));
    const neededBy = [
      ...new Set(change.affects.flatMap((coordinate) => dependants.get(coordinate) ?? []).map(({ name }) => name)),
    ];
    const isUsed = usedBy.length + registeredIn.length + neededBy.length > 0;
    const approval = approved.get(change.id) ?? null;
    const isClear = !isUsed && evidence.counted !== null;
    const verdict = isClear ? 'UNUSED' : approval !== null ? 'APPROVED' : isUsed ? 'USED' : 'UNKNOWN';
    return { ...change, verdict, usedBy, registeredIn, neededBy, approval };
  });
}

/** Whether a change keeps a proposal back: it breaks what is used, or may be used, and is not approved. */
export const isBlocking = ({ severity, verdict }: JudgedChange): boolean =>
  severity === 'BREAKING' && (verdict === 'USED' || verdict === 'UNKNOWN');

/** Rows by the coordinate that they are about. */
export function byCoordinate<Row extends { readonly coordinate: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const known = found.get(row.coordinate);
    if (known === undefined) found.set(row.coordinate, [row]);
    else known.push(row);
  }
  return found;
}

/**
 * One row for each version of a client. A change that affects several coordinates is met once by an operation that uses
 * them all, so the largest count stands and not the sum.
 */
function summed(rows: readonly CountedUse[]): Omit<CountedUse, 'coordinate'>[] {
  const most = new Map<string, Omit<CountedUse, 'coordinate'>>();
  for (const { client, version, count } of rows) {
    const key = JSON.stringify([client, version]);
    if (count > (most.get(key)?.count ?? 0)) most.set(key, { client, version, count });
  }
  return [...most.values()].sort((a, b) => b.count - a.count);
}
