import { checkOf, factsOfCheck } from './check.js';
import type { Criterion } from './criteria.js';
import { membersOf } from './criteria.js';
import { outcomeOfOne, type Eligibility, type Situation } from './evaluate.js';
import type { Facts } from './fact-values.js';
import { funnelOf, type FunnelStep } from './funnel.js';
import { awardFor, type MatchablePolicy } from './match.js';

/** An enterprise as the preview looks at it. */
export interface PreviewedEnterprise {
  readonly uscc: string;
  /** Section letter. */
  readonly section: string;
  readonly regionCode: string;
  readonly scale: string;
  readonly facts: Facts;
}

export interface PreviewGroup {
  readonly key: string;
  readonly eligible: number;
  readonly costFen: number;
}

export interface PreviewComparison {
  readonly gaining: number;
  readonly losing: number;
  readonly costDifferenceFen: number;
  readonly gainers: readonly string[];
  readonly losers: readonly string[];
}

export interface PreviewResult {
  readonly enterprises: number;
  readonly counts: Readonly<Record<Eligibility, number>>;
  readonly costFen: number;
  readonly amountUnknown: number;
  readonly funnel: readonly FunnelStep[];
  readonly missing: readonly { readonly fact: string; readonly enterprises: number }[];
  readonly bySection: readonly PreviewGroup[];
  readonly byRegion: readonly PreviewGroup[];
  readonly byScale: readonly PreviewGroup[];
  readonly comparison: PreviewComparison | null;
}

/** Takes enterprises one by one, so that memory does not grow with the city. */
export interface Preview {
  add(enterprise: PreviewedEnterprise): void;
  result(): PreviewResult;
}

const NAMED = 50;

/** Previews a draft, against the published version where there is one. Amounts are summed in fen. */
export function previewOf(draft: MatchablePolicy, published: MatchablePolicy | null): Preview {
  const counts = { ELIGIBLE: 0, NOT_ELIGIBLE: 0, UNDETERMINED: 0 };
  const groups = { section: groupSums(), region: groupSums(), scale: groupSums() };
  const funnel = funnelOf(draft.criteria, draft.referenceDate);
  const missing = new Map<string, number>();
  const comparison = { gaining: 0, losing: 0, costDifferenceFen: 0, gainers: new Array<string>(), losers: new Array<string>() };
  let costFen = 0;
  let amountUnknown = 0;
  let enterprises = 0;

  const compare = (uscc: string, { facts }: PreviewedEnterprise, fen: number | null, outcome: Eligibility): void => {
    if (published === null) return;
    const before = published.decide(facts.values);
    const fenBefore = before === 'ELIGIBLE' ? knownFen(published, facts) : null;
    comparison.costDifferenceFen += (fen ?? 0) - (fenBefore ?? 0);
    const rank = (eligible: boolean, amount: number | null): number => (eligible ? (amount ?? 0) : -1);
    const change = rank(outcome === 'ELIGIBLE', fen) - rank(before === 'ELIGIBLE', fenBefore);
    if (change > 0) {
      comparison.gaining += 1;
      if (comparison.gainers.length < NAMED) comparison.gainers.push(uscc);
    } else if (change < 0) {
      comparison.losing += 1;
      if (comparison.losers.length < NAMED) comparison.losers.push(uscc);
    }
  };

  return {
    add(enterprise) {
      const { facts, uscc } = enterprise;
      enterprises += 1;
      funnel.add(facts.values);
      const outcome = draft.decide(facts.values);
      counts[outcome] += 1;
      const fen = outcome === 'ELIGIBLE' ? knownFen(draft, facts) : null;
      if (outcome === 'UNDETERMINED') for (const fact of openFactsOf(draft.criteria, { facts, referenceDate: draft.referenceDate })) missing.set(fact, (missing.get(fact) ?? 0) + 1);
      if (outcome === 'ELIGIBLE') {
        costFen += fen ?? 0;
        if (fen === null) amountUnknown += 1;
        groups.section.add(enterprise.section, fen);
        groups.region.add(enterprise.regionCode, fen);
        groups.scale.add(enterprise.scale, fen);
      }
      compare(uscc, enterprise, fen, outcome);
    },
    result: () => ({
      enterprises,
      counts: { ...counts },
      costFen,
      amountUnknown,
      funnel: funnel.steps(),
      missing: [...missing].map(([fact, count]) => ({ fact, enterprises: count })).sort((one, other) => other.enterprises - one.enterprises || one.fact.localeCompare(other.fact)),
      bySection: groups.section.all(),
      byRegion: groups.region.all(),
      byScale: groups.scale.all(),
      comparison: published === null ? null : { ...comparison },
    }),
  };
}

function knownFen(policy: MatchablePolicy, facts: Facts): number | null {
  const award = awardFor(policy, facts);
  return award.known ? award.fen : null;
}

function groupSums() {
  const sums = new Map<string, { eligible: number; costFen: number }>();
  return {
    add(key: string, fen: number | null): void {
      const sum = sums.get(key) ?? { eligible: 0, costFen: 0 };
      sums.set(key, { eligible: sum.eligible + 1, costFen: sum.costFen + (fen ?? 0) });
    },
    all: (): PreviewGroup[] => [...sums].map(([key, sum]) => ({ key, ...sum })).sort((one, other) => other.eligible - one.eligible || one.key.localeCompare(other.key)),
  };
}

/** Missing facts of an undetermined enterprise that could still play a part, each once. */
function openFactsOf(criteria: readonly Criterion[], situation: Situation): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (criterion: Criterion): void => {
    if (outcomeOfOne(criterion, situation) !== 'UNKNOWN') return;
    if (criterion.kind !== 'test') {
      membersOf(criterion).forEach(walk);
      return;
    }
    for (const fact of factsOfCheck(checkOf(criterion, situation.referenceDate))) if (situation.facts.values[fact] === undefined) found.add(fact);
  };
  criteria.forEach(walk);
  return found;
}
