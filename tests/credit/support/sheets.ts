import { addMonths } from '@zhitong/values';

/**
 * A debt on a sheet of paper, which waits for its acceptance and bears no interest until then. Amounts in fen; what it
 * is and what of it is disputed stand there without the settlements, which are lines.
 */
export interface Debt {
  readonly id: string;
  readonly deliveredOn: string;
  principal: number;
  disputed: number;
  debtor: string;
  acceptedOn: string | null;
  isWithdrawn: boolean;
  hasPlan: boolean;
  readonly lines: Line[];
  /** Who owed it before each transfer that stands, with the transfer's number. */
  readonly passedOn: { readonly no: number; readonly from: string }[];
}

export type Line = { readonly on: string; readonly no: number; isReversed: boolean } & (
  | { readonly what: 'COST' | 'PAID'; readonly amount: number }
  | { readonly what: 'SETTLED'; readonly owed: number; readonly struckOff: number }
);

const ORDER = ['COST', 'SETTLED', 'PAID'];
/** The sheet read day by day: what is paid goes to costs first, then to the principal. */
export function read(debt: Debt, lines: readonly Line[] = debt.lines) {
  let [left, disputed] = [debt.principal, debt.disputed];
  let [costs, paid, tooMuch, principal] = [0, 0, 0, debt.principal];
  const inOrder = lines
    .filter(({ isReversed }) => !isReversed)
    .sort((a, b) => (a.on === b.on ? ORDER.indexOf(a.what) - ORDER.indexOf(b.what) : a.on < b.on ? -1 : 1));
  for (const line of inOrder)
    if (line.what === 'COST') costs += line.amount;
    else if (line.what === 'SETTLED') {
      disputed = Math.max(0, Math.min(disputed, left) - line.owed - line.struckOff);
      principal -= line.struckOff;
      // What was paid already of what is struck off was not owed.
      const notOwed = Math.max(0, line.struckOff - left);
      [left, paid, tooMuch] = [left - line.struckOff + notOwed, paid - notOwed, tooMuch + notOwed];
    } else {
      const toCosts = Math.min(line.amount, costs);
      const toPrincipal = Math.min(line.amount - toCosts, left);
      [costs, left, paid] = [costs - toCosts, left - toPrincipal, paid + toPrincipal];
      tooMuch += line.amount - toCosts - toPrincipal;
    }
  return { principal, left, costs, paid, tooMuch, disputed: Math.max(0, Math.min(disputed, left)) };
}

/** A dishonesty record on paper. */
export interface Dishonesty {
  readonly id: string;
  readonly from: string;
  readonly seriousness: 'MINOR' | 'GENERAL' | 'SERIOUS';
  repairedOn: string | null;
  isWithdrawn: boolean;
}

/** Months for which a record is published at least and at most: 国办发〔2025〕22号. */
export const LEAST = { MINOR: 0, GENERAL: 3, SERIOUS: 12 };
const MOST = { MINOR: 3, GENERAL: 12, SERIOUS: 36 };
export const lapses = ({ from, seriousness }: Dishonesty): string => addMonths(from, MOST[seriousness]);
export const isOpen = (record: Dishonesty, on: string): boolean =>
  !record.isWithdrawn &&
  record.from <= on &&
  on <= lapses(record) &&
  (record.repairedOn === null || on < record.repairedOn);

export interface Pledge {
  readonly id: string;
  wasKept: boolean | null;
  breachedOn: string | null;
  /** The dishonesty record that the breach made by itself. */
  madeRecord: string | null;
  isClosed: boolean;
}

/** The grade on a day, by the rules as the README has them. */
export function gradeOf(
  {
    records,
    pledges,
    unfulfilled,
  }: { readonly records: readonly Dishonesty[]; readonly pledges: readonly Pledge[]; readonly unfulfilled: number },
  on: string,
): string {
  const open = records.filter((record) => isOpen(record, on));
  const count = (seriousness: string) => open.filter((record) => record.seriousness === seriousness).length;
  const breaches = (months: number) =>
    pledges.filter(({ breachedOn: day }) => day !== null && day <= on && addMonths(day, months) > on).length;
  const ended = records.filter(
    (record) =>
      record.seriousness !== 'MINOR' &&
      !record.isWithdrawn &&
      record.from <= on &&
      !isOpen(record, on) &&
      addMonths(record.repairedOn ?? lapses(record), 12) > on,
  );
  if (count('SERIOUS') > 0 || unfulfilled > 0) return 'D';
  if (count('GENERAL') > 0 || count('MINOR') > 1 || breaches(12) > 0) return 'C';
  return count('MINOR') === 1 || ended.length > 0 || breaches(36) > 0 ? 'B' : 'A';
}
