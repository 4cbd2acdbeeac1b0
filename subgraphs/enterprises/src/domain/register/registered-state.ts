import type { LegalDay } from '@zhitong/values';

/** What of a registration is kept with its history. */
export const KEPT_FIELDS = ['name', 'scale', 'industry', 'region', 'status'] as const;
export type KeptField = (typeof KEPT_FIELDS)[number];

/** One change of one field, on the day on which the register was told. */
export interface RegisterChange<Value = unknown> {
  readonly field: KeptField;
  readonly on: LegalDay;
  readonly from: Value;
  readonly to: Value;
}

/** A registration as far as it is kept. */
export type KeptState = Readonly<Record<KeptField, unknown>>;

/**
 * A registration as it was known at the end of a day: what stands now, with every later change taken back, latest first.
 * Of what changed before the register kept changes the first known value stands.
 * @param changes of one enterprise, in the order in which they became known
 */
export function stateOn<State extends KeptState>(now: State, changes: readonly RegisterChange[], day: LegalDay): State {
  return changes
    .filter(({ on }) => on > day)
    .reduceRight<State>((state, { field, from }) => ({ ...state, [field]: from }), now);
}

/** Fields whose value on a day is known from a change that came later. */
export const knownOn = (changes: readonly RegisterChange[], day: LegalDay): ReadonlySet<KeptField> =>
  new Set(changes.filter(({ on }) => on > day).map(({ field }) => field));

/** The changes between two forms of a registration. */
export function changesBetween(
  before: Readonly<Partial<Record<KeptField, unknown>>>,
  after: Readonly<Partial<Record<KeptField, unknown>>>,
  on: LegalDay,
): RegisterChange[] {
  return KEPT_FIELDS.flatMap((field) =>
    field in after ? [{ field, on, from: before[field] ?? null, to: after[field] ?? null }] : [],
  );
}

/** A name that an enterprise had, and the day on which the register was told of the next. */
export interface FormerName {
  readonly name: string;
  readonly until: LegalDay;
}

/** The names that an enterprise had, latest first. */
export const formerNames = (changes: readonly RegisterChange[]): FormerName[] =>
  changes
    .flatMap(({ field, from, on }) => (field === 'name' && typeof from === 'string' ? [{ name: from, until: on }] : []))
    .reverse();
