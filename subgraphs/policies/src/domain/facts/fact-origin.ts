import { isLegalDay, type LegalDay } from '@zhitong/values';
import { allFacts } from './facts.js';

/** Who recorded a value, when, and from which delivery. */
export interface FactOrigin {
  /** Code of the department. */
  readonly department: string;
  readonly on: LegalDay;
  /** The run of the connector that delivered it; null: it was recorded by hand. */
  readonly run: string | null;
}

/** Who recorded the facts of one enterprise. */
export interface FactOrigins {
  /** Of every recorded fact that is not in `own`. */
  readonly common: FactOrigin | null;
  readonly own: Readonly<Record<string, FactOrigin>>;
  /** Facts that the register keeps itself: nobody records them. */
  readonly current: readonly string[];
}

/** What the register works out of recorded facts: growth is measured against it, and runs begin with it. */
const WORKED_OUT: ReadonlySet<string> = new Set(
  allFacts().flatMap(({ priorYear, since }) => [priorYear, since].filter((name) => name !== null)),
);

/** Who recorded a fact; null where nobody did or it is not known. */
export function originOf(fact: string, origins: FactOrigins | undefined): FactOrigin | null {
  if (origins === undefined || origins.current.includes(fact) || WORKED_OUT.has(fact)) return null;
  return origins.own[fact] ?? origins.common;
}

/** Reads the origins of a fact sheet; undefined where it says nothing of them, as that of an earlier release. */
export function readOrigins(sheet: Record<string, unknown>, current: readonly string[]): FactOrigins | undefined {
  const own = isRecord(sheet['origins']) ? sheet['origins'] : {};
  const common = originIn(sheet['origin']);
  const told = Object.entries(own).flatMap(([fact, origin]) => {
    const read = originIn(origin);
    return read === null ? [] : [[fact, read] as const];
  });
  return common === null && told.length === 0 ? undefined : { common, own: Object.fromEntries(told), current };
}

function originIn(value: unknown): FactOrigin | null {
  if (!isRecord(value)) return null;
  const { department, on, run } = value;
  return typeof department === 'string' && isLegalDay(on)
    ? { department, on, run: typeof run === 'string' ? run : null }
    : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
