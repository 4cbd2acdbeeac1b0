import type { GrantMove, GrantStatus } from '../../../subgraphs/policies/src/domain/grant/grant.js';
import type { GrantRecord } from '../../../subgraphs/policies/src/models/grants/grant-record.js';
import type { OpenDepartment } from '../../../subgraphs/policies/src/service.js';

/** What each version gives, in fen for one of the staff, from which day on, and whether every year or once. */
export const VERSIONS = [
  { from: '2026-01-01', to: '2026-12-31', fenOfOne: 10_000, period: 'YEAR' },
  { from: '2027-01-01', to: '2027-01-12', fenOfOne: 12_500, period: 'YEAR' },
  { from: '2027-01-13', to: '2027-03-31', fenOfOne: 11_000, period: 'ONCE' },
  { from: '2027-04-01', to: '2029-06-30', fenOfOne: 9_999, period: 'YEAR' },
  { from: '2029-07-01', to: '2030-12-31', fenOfOne: 10_500, period: 'ONCE' },
  { from: '2031-01-01', to: '2040-12-31', fenOfOne: 10_000, period: 'YEAR' },
] as const;
/** The staff that are needed for the first money, and for the second part a month after the approval. */
export const STAFF = 10;
export const STAFF_OF_SECOND = 13;
export const PLEDGED_FEN = 30_001;

/** The main policy in one of its versions, in the file format. */
export const staffPolicy = (
  { from, to, fenOfOne, period }: (typeof VERSIONS)[number],
  budgetFen: number,
): Record<string, unknown> => ({
  id: 'staff',
  valid_from: from,
  valid_to: to,
  budget_yuan: budgetFen / 100,
  grant_period: period,
  benefit: {
    kind: 'cash',
    formula: `${String(fenOfOne)} / 100 * employees`,
    instalments: [0.6, 0.4],
    instalment_terms: [{}, { after_months: 1, when: [{ fact: 'employees', op: 'gte', value: STAFF_OF_SECOND }] }],
  },
});

/** What officers do with a grant where it stands. */
export const NEXT: readonly (readonly [GrantStatus, GrantMove])[] = [
  ['IDENTIFIED', 'NOTIFY'],
  ['CONFIRMED', 'PUBLICISE'],
  ['PUBLICISED', 'APPROVE'],
  ['APPROVED', 'PAY'],
  ['PAID', 'CLOSE'],
];

/**
 * The ledger of decisions that the simulation of money keeps beside the department, from what was decided and what the
 * bank and the cashier saw, in plain arithmetic. It shares no rule with the program: each is told once more, naively.
 */
export interface Entry {
  readonly policyId: string;
  readonly uscc: string;
  /** Day on which it was found. */
  readonly foundOn: string;
  amountFen: number;
  /** Two parts: 60 %, rounded down to the fen, and what is left. */
  parts: [number, number];
  /** Which of them the bank has settled. */
  settled: Set<number>;
  backFen: number;
  isWithdrawn: boolean;
  /** The amount that the public saw last; null before, and of what is never shown. */
  shownFen: number | null;
  /** The amount that was approved last; null before. */
  approvedFen: number | null;
  approvedOn: string | null;
  objections: number;
  /** The pledge was found broken. */
  isBroken: boolean;
  /** Doubts that an officer has seen and decided on, by their codes. */
  seen: Set<string>;
}

export const inParts = (fen: number): [number, number] => [
  Math.floor((fen * 6) / 10),
  fen - Math.floor((fen * 6) / 10),
];

export const paidOf = ({ parts, settled }: Entry): number =>
  [...settled].reduce((sum, part) => sum + (parts[part] ?? 0), 0);

export const entry = (
  of: Pick<Entry, 'policyId' | 'uscc' | 'foundOn' | 'amountFen'> & Partial<Pick<Entry, 'approvedFen' | 'approvedOn'>>,
): Entry => ({
  parts: inParts(of.amountFen),
  settled: new Set(),
  backFen: 0,
  isWithdrawn: false,
  shownFen: null,
  approvedFen: null,
  approvedOn: null,
  objections: 0,
  isBroken: false,
  seen: new Set(),
  ...of,
});

/** An officer sets another amount: what is paid stays, and what is left goes to what is not. */
export function setAmount(of: Entry, amountFen: number): void {
  const paid = paidOf(of);
  of.amountFen = amountFen;
  if (paid === 0) of.parts = inParts(amountFen);
  else of.parts = of.settled.has(0) ? [of.parts[0], amountFen - paid] : [amountFen - paid, of.parts[1]];
  // What is never shown needs no second notice.
  if (of.shownFen === null && of.approvedFen !== null) of.approvedFen = amountFen;
}

/** Whether it stands in the way of another one: not withdrawn, or paid in part before. */
export const stands = (of: Entry): boolean => !of.isWithdrawn || paidOf(of) > 0;

/** Whether money of the main policy has reached an enterprise and was not sent back by the bank. */
export const hadStaff = (ledger: Iterable<Entry>, uscc: string): boolean =>
  [...ledger].some((of) => of.policyId === 'staff' && of.uscc === uscc && paidOf(of) > 0);

/** Whether one of the main policy stands in the way of another one: of the year, or where it is given once of any. */
export const hasStaff = (ledger: Iterable<Entry>, uscc: string, year: string | null): boolean =>
  [...ledger].some(
    (of) =>
      of.policyId === 'staff' && of.uscc === uscc && stands(of) && (year === null || of.foundOn.slice(0, 4) === year),
  );

/** The same day of the next month, or the last of it. */
export function monthAfter(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Why an order is not to be sent by the ledger; empty where it is. */
export function faultsOf(
  of: Entry,
  order: { readonly instalment: number; readonly amountFen: number },
  city: {
    readonly day: string;
    readonly staff: number;
    readonly isDishonest: boolean;
    /** That it is struck off or without licence; null where it is neither. */
    readonly gone: string | null;
  },
): string[] {
  const isSecond = order.instalment === 1;
  const isStaff = of.policyId === 'staff';
  return [
    order.amountFen === of.parts[order.instalment] ? '' : 'another amount than was decided',
    of.approvedFen === of.amountFen ? '' : 'another amount than was approved',
    of.shownFen === null || of.shownFen === of.amountFen ? '' : 'another amount than was shown',
    of.isWithdrawn ? 'withdrawn' : '',
    of.isBroken && !of.seen.has('PLEDGE_BROKEN') ? 'under a broken pledge' : '',
    city.isDishonest && !of.seen.has('DISHONESTY_RECORD') ? 'to who has an open record' : '',
    city.gone !== null && !of.seen.has(city.gone) ? 'to who may have nothing by the register' : '',
    isStaff && isSecond && city.day < monthAfter(of.approvedOn ?? '9999-12-31') ? 'before its day' : '',
    isStaff && isSecond && city.staff < STAFF_OF_SECOND && !of.seen.has('INSTALMENT_CONDITION')
      ? 'though its condition is not met'
      : '',
  ].filter((fault) => fault !== '');
}

/** The books of a department: each grant's money, each budget, and what the funds report says in all. In fen. */
interface Books {
  readonly grants: readonly (readonly [id: string, paidFen: number, amountFen: number])[];
  readonly budgets: readonly { readonly paidFen: number; readonly reservedFen: number }[];
  readonly paidFen: number;
  readonly backFen: number;
}

const POLICIES = ['staff', 'follow', 'asked'];

/** As the department keeps them. */
export async function booksOf(
  { stores: { funds, recoveries } }: Pick<OpenDepartment, 'stores'>,
  grants: readonly GrantRecord[],
  day: string,
): Promise<Books> {
  const range = { from: '2026-01-01', to: day };
  const [sums] = await funds.sums(range, null);
  const [recovered] = await recoveries.sums(range, null);
  const budgets = await Promise.all(POLICIES.map(async (policyId) => funds.budget(policyId)));
  return {
    grants: grants.map(({ id, paidFen, amountFen }) => [id, paidFen, amountFen]),
    budgets: budgets.map((budget) => ({ paidFen: budget?.paidFen ?? 0, reservedFen: budget?.reservedFen ?? 0 })),
    paidFen: (sums?.paidFen ?? 0) - (sums?.returnedFen ?? 0),
    backFen: recovered?.recoveredFen ?? 0,
  };
}

/** As the ledger has them: what is approved is held for whom it is for, until it is withdrawn. */
export function booksByLedger(grants: readonly GrantRecord[], entryOf: (id: string) => Entry): Books {
  const all = grants.map(({ id }) => entryOf(id));
  const total = (some: readonly Entry[], fen: (of: Entry) => number): number =>
    some.reduce((sum, one) => sum + fen(one), 0);
  const heldFen = (of: Entry): number => (of.isWithdrawn ? paidOf(of) : of.approvedFen === null ? 0 : of.amountFen);
  return {
    grants: grants.map(({ id }, at) => [id, total(all.slice(at, at + 1), paidOf), entryOf(id).amountFen]),
    budgets: POLICIES.map((policyId) => {
      const under = all.filter((one) => one.policyId === policyId);
      const backFen = total(under, (one) => one.backFen);
      return { paidFen: total(under, paidOf) - backFen, reservedFen: total(under, heldFen) - backFen };
    }),
    paidFen: total(all, paidOf),
    backFen: total(all, ({ backFen }) => backFen),
  };
}
