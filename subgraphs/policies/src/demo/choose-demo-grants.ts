import { createHash } from 'node:crypto';

/** A benefit that an enterprise of the demo city is eligible for, without an application. */
export interface DemoCandidate {
  readonly uscc: string;
  readonly policyId: string;
  readonly fen: number;
}

/** What one published programme reported: 13.12 million yuan to 88 enterprises. */
export const REPORTED = { fen: 1_312_000_000, enterprises: 88 };

/**
 * Chooses one grant for each of so many enterprises, so that their sum comes as near as it can to what the programme
 * reported, and under as many policies as it can. The same candidates give the same choice.
 */
export function chooseDemoGrants(candidates: readonly DemoCandidate[], target = REPORTED): DemoCandidate[] {
  const shuffled = candidates.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
  const chosen: DemoCandidate[] = [];
  const taken = new Set<string>();
  const take = (candidate: DemoCandidate): void => {
    chosen.push(candidate);
    taken.add(candidate.uscc);
  };
  for (const policyId of [...new Set(shuffled.map((candidate) => candidate.policyId))].sort()) {
    const first = shuffled.find(
      (candidate) => candidate.policyId === policyId && !taken.has(candidate.uscc) && candidate.fen <= target.fen / 10,
    );
    if (first !== undefined && chosen.length < target.enterprises) take(first);
  }
  while (chosen.length < target.enterprises) {
    const left = target.fen - chosen.reduce((sum, { fen }) => sum + fen, 0);
    const share = left / (target.enterprises - chosen.length);
    const free = shuffled.filter(({ uscc }) => !taken.has(uscc));
    const [first] = free;
    if (first === undefined) break;
    take(
      free.reduce(
        (nearest, candidate) => (Math.abs(candidate.fen - share) < Math.abs(nearest.fen - share) ? candidate : nearest),
        first,
      ),
    );
  }
  return chosen;
}

const keyOf = ({ uscc, policyId }: DemoCandidate): string =>
  createHash('sha256').update(`${uscc} ${policyId}`).digest('hex');
