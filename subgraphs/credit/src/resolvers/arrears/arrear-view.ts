import type { LegalDay } from '@zhitong/values';
import { debtorOn } from '../../domain/arrears/arrear-transfer.js';
import { arrearPosition, type ArrearRules } from '../../domain/arrears/arrears.js';
import type { ArrearRecord } from '../../models/arrears/arrear.js';
import type { ArrearView } from '../../records.js';

/** A debt as it stands on a day. */
export const arrearView = (
  record: ArrearRecord,
  { asOf, rules }: { readonly asOf: LegalDay; readonly rules: ArrearRules },
): ArrearView => ({
  ...record,
  asOf,
  debtor: debtorOn(record, asOf),
  position: arrearPosition(record, asOf, rules),
});
