import type { LegalDay } from '@zhitong/values';

/** A matter of the catalogue (政务服务事项) that a case is about, with what was promised for it when the case named it. */
export interface PromisedItem {
  readonly id: string;
  /** Twice the promised working days; null where the catalogue did not tell. */
  readonly promisedHalfDays: number | null;
}

/** How long a matter actually took, as the enterprise tells it. */
export interface ActualTime {
  /** Twice the working days. */
  readonly halfDays: number;
  /** The day on which it was applied for, and the day on which it was decided; null where the time alone was told. */
  readonly askedOn: LegalDay | null;
  readonly hadOn: LegalDay | null;
}
