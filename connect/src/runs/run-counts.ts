/** What became of the records that a run read. */
export const OUTCOMES = ['new', 'changed', 'unchanged', 'refused', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A run's summary: `read` is the sum of the others. */
export type RunCounts = Readonly<Record<Outcome | 'read', number>>;

export const NO_COUNTS: RunCounts = { read: 0, new: 0, changed: 0, unchanged: 0, refused: 0, skipped: 0 };

/**
 * Adds what became of more records.
 * @throws Error when the outcomes are not as many as the records, which is a fault of the engine: nothing is then
 *   written
 */
export function addCounts(before: RunCounts, read: number, outcomes: Readonly<Record<Outcome, number>>): RunCounts {
  const told = OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);
  if (told !== read) throw new Error(`A run read ${read} records and told the outcome of ${told}.`);
  const sums = OUTCOMES.map((outcome) => [outcome, before[outcome] + outcomes[outcome]] as const);
  return { ...(Object.fromEntries(sums) as Record<Outcome, number>), read: before.read + read };
}

/** Of how many refused rows a jump is told at the least: two of three rows are no trend. */
const FEWEST_FOR_A_JUMP = 10;
/** By how much the share must exceed what was usual: twice, and five of a hundred more. */
const TIMES = 2;
const MORE = 0.05;

/** Share of the records that were refused, 0 to 1; 0 of none. */
export const refusedShare = ({ read, refused }: RunCounts): number => (read === 0 ? 0 : refused / read);

/**
 * Says whether a run refused far more than the runs before it.
 * @param before counts of the newest earlier runs that were done; of none nothing is usual, and every share from 5 % on
 *   is a jump
 */
export function refusalsJumped(run: RunCounts, before: readonly RunCounts[]): boolean {
  const shares = before.filter(({ read }) => read > 0).map(refusedShare);
  const usual = shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const share = refusedShare(run);
  return run.refused >= FEWEST_FOR_A_JUMP && share > usual * TIMES && share >= usual + MORE;
}
