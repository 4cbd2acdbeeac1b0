import type { RandomStream } from '@zhitong/demo';
import { addDays } from '@zhitong/values';
import type { Instalment } from '../domain/commitments/commitment.js';
import type { Course } from './demo-beneficiaries.js';

export const FEN_OF_TEN_THOUSAND_YUAN = 1_000_000;

/** When a promise is due, and what of it on each day. */
export function makeInstalments({
  random,
  amount,
  promisedOn,
  isMoney,
  forced,
  referenceDate,
}: {
  random: RandomStream;
  amount: number;
  promisedOn: string;
  isMoney: boolean;
  forced: Course;
  referenceDate: string;
}): Instalment[] {
  if (forced === 'OVERDUE')
    return split(
      amount,
      [addDays(referenceDate, -160), addDays(referenceDate, -47), addDays(referenceDate, 120)],
      FEN_OF_TEN_THOUSAND_YUAN / 100,
    );
  if (forced === 'DUE_LATER')
    return split(
      amount,
      [addDays(referenceDate, random.int(10, 60)), addDays(referenceDate, random.int(100, 300))],
      FEN_OF_TEN_THOUSAND_YUAN / 100,
    );
  const parts = Math.min(
    amount,
    random.weighted([
      [1, 45],
      [2, 30],
      [3, 18],
      [4, 7],
    ]),
  );
  let dueOn = addDays(promisedOn, random.int(60, 400));
  const days = Array.from({ length: parts }, () => {
    const day = dueOn;
    dueOn = addDays(dueOn, random.int(90, 365));
    return day;
  });
  return split(amount, days, isMoney ? FEN_OF_TEN_THOUSAND_YUAN / 100 : 1);
}

/** Equal parts in whole `unit`s, the rest on the last one. */
function split(amount: number, days: readonly string[], unit: number): Instalment[] {
  const part = Math.max(unit, Math.floor(amount / days.length / unit) * unit);
  return days.map((dueOn, i) => ({
    no: i + 1,
    dueOn,
    amount: i === days.length - 1 ? amount - part * (days.length - 1) : part,
  }));
}
