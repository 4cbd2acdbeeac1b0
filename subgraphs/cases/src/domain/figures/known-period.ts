import type { LegalDay } from '@zhitong/values';

/** A period, and the day on whose knowledge it is counted. */
export interface KnownPeriod {
  readonly from: LegalDay;
  readonly to: LegalDay;
  readonly knownOn: LegalDay;
}
