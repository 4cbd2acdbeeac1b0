import { createHash } from 'node:crypto';

/**
 * What a change does to who uses the graph. `BREAKING`: an operation that was right is refused, or its answer has
 * another form. `DANGEROUS`: the operation stays valid, and its meaning or what it may receive is another one. `SAFE`:
 * nobody who asks today notices.
 */
export type Severity = 'BREAKING' | 'DANGEROUS' | 'SAFE';

/** One difference between two versions of the graph, as its clients see it. */
export interface SchemaChange {
  /** The same for the same change however often it is found: an approval is tied to it. */
  readonly id: string;
  readonly severity: Severity;
  /** Schema coordinate as in the GraphQL specification: `Case.dueOn`, `Query.case(caseNumber:)`, `CaseStatus.OPEN`. */
  readonly coordinate: string;
  /** A phrase that begins with a verb and names the coordinate: "removes `Case.dueOn`". */
  readonly message: string;
  /** Whoever uses one of these coordinates meets the change. */
  readonly affects: readonly string[];
}

/** Hexadecimal digits of a change's id: short enough to be typed, and no two changes of a city share one. */
const ID_DIGITS = 16;

/** A change with its id, which depends on what the change is and on nothing around it. */
export function schemaChange(
  severity: Severity,
  { coordinate, message, affects = [coordinate] }: Pick<SchemaChange, 'coordinate' | 'message'> & Partial<SchemaChange>,
): SchemaChange {
  const id = createHash('sha256').update(`${severity}\n${coordinate}\n${message}`).digest('hex').slice(0, ID_DIGITS);
  return { id, severity, coordinate, message, affects };
}

const WEIGHT: Readonly<Record<Severity, number>> = { BREAKING: 0, DANGEROUS: 1, SAFE: 2 };

/** Orders changes: the worst first, then by coordinate. */
export const bySeverity = (a: SchemaChange, b: SchemaChange): number =>
  WEIGHT[a.severity] - WEIGHT[b.severity] || (a.coordinate < b.coordinate ? -1 : a.coordinate > b.coordinate ? 1 : 0);
