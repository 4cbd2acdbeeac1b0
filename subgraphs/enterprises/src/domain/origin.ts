import type { LegalDay } from '@zhitong/values';

/** Who recorded a value, when, and from which delivery. */
export interface Origin {
  /** Code of the department. */
  readonly department: string;
  readonly on: LegalDay;
  /** The run of the connector that delivered it; null: it was recorded by hand. */
  readonly run: string | null;
}

/** Whether two values came from the same hand on the same day. */
export const isSameOrigin = (one: Origin, other: Origin): boolean =>
  one.department === other.department && one.on === other.on && one.run === other.run;
