/**
 * Double entry, in the measure of the commitment (fen or milestones). PROMISED is what the government
 * took upon itself (carried negative, as a liability is), and each unit of it is at any time in exactly one
 * of the three others.
 */
export type Account = 'PROMISED' | 'OUTSTANDING' | 'FULFILLED' | 'WAIVED';

export interface Posting {
  readonly account: Account;
  /** The department that owes or paid. */
  readonly department: string;
  readonly amount: number;
}

/** A balanced pair: `amount` leaves `from` and arrives at `to`. */
export function move(amount: number, from: Omit<Posting, 'amount'>, to: Omit<Posting, 'amount'>): Posting[] {
  return [
    { ...from, amount: -amount },
    { ...to, amount },
  ];
}

/** True when nothing was made or lost. */
export const isBalanced = (postings: readonly Posting[]): boolean =>
  postings.reduce((sum, posting) => sum + posting.amount, 0) === 0;

/** The sum of one account over some postings. */
export const balanceOf = (postings: Iterable<Posting>, account: Account): number => {
  let sum = 0;
  for (const posting of postings) if (posting.account === account) sum += posting.amount;
  // PROMISED is a liability: the outside world wants to read it as a positive figure.
  return account === 'PROMISED' && sum !== 0 ? -sum : sum;
};
