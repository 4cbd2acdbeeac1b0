import { addMonths } from '@zhitong/values';

/** A debt on a sheet of paper, which waits for its acceptance and bears no interest until then. Amounts in fen. */
export interface Debt {
  readonly id: string;
  readonly deliveredOn: string;
  principal: number;
  disputed: number;
  debtor: string;
  acceptedOn: string | null;
  isWithdrawn: boolean;
  hasPlan: boolean;
  readonly lines: (
    | { readonly what: 'COST'; readonly on: string; readonly amount: number }
    | { readonly what: 'STRUCK_OFF'; readonly on: string; readonly amount: number }
    | { readonly what: 'PAID'; readonly on: string; readonly amount: number; readonly no: number; isReversed: boolean }
  )[];
}

const ORDER = ['COST', 'STRUCK_OFF', 'PAID'];
/** The sheet read day by day: what is paid goes to costs first, then to the principal. */
export function read(debt: Debt, lines = debt.lines) {
  const struckOff = lines.reduce((all, line) => all + (line.what === 'STRUCK_OFF' ? line.amount : 0), 0);
  let left = debt.principal + struckOff;
  let [costs, paid, tooMuch] = [0, 0, 0];
  const inOrder = lines.toSorted((a, b) =>
    a.on === b.on ? ORDER.indexOf(a.what) - ORDER.indexOf(b.what) : a.on < b.on ? -1 : 1,
  );
  for (const line of inOrder) {
    if (line.what === 'COST') costs += line.amount;
    else if (line.what === 'STRUCK_OFF') {
      // What was paid already of what is struck off was not owed.
      const notOwed = Math.max(0, line.amount - left);
      [left, paid, tooMuch] = [left - line.amount + notOwed, paid - notOwed, tooMuch + notOwed];
    }
    else if (!line.isReversed) {
      const toCosts = Math.min(line.amount, costs);
      const toPrincipal = Math.min(line.amount - toCosts, left);
      [costs, left, paid] = [costs - toCosts, left - toPrincipal, paid + toPrincipal];
      tooMuch += line.amount - toCosts - toPrincipal;
    }
  }
  return { left, costs, paid, tooMuch, disputed: Math.max(0, Math.min(debt.disputed, left)) };
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
