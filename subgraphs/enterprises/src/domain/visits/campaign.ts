import { quarterOf, type LegalDay, type Rate } from '@zhitong/values';
import type { ServiceClass } from '../service-network/service-class.js';
import { problemOn, type FindingChange } from './finding.js';

/** A stage of a campaign (阶段): which classes are visited until when. Without classes: all. */
export interface Stage {
  readonly name: string;
  readonly until: LegalDay;
  readonly classes: readonly ServiceClass[];
}

/** An enterprise that a campaign is to visit; the list is fixed when the campaign is opened. */
export interface Target {
  readonly uscc: string;
  /** Code of the department that visits it; null when nobody looked after it. */
  readonly unit: string | null;
  /** Number of the stage, from 0. */
  readonly stage: number;
}

/** A visit that took place, as far as figures need it. */
export interface CountedVisit {
  readonly uscc: string;
  readonly visitedOn: LegalDay;
  /** Day on which it became known. */
  readonly recordedOn: LegalDay;
  /** Day from which it does not count any more; null while it does. */
  readonly withdrawnOn: LegalDay | null;
}

/** Whether a visit counts as it was known on a day: what was recorded later does not, what was withdrawn later does. */
export const countsOn = ({ recordedOn, withdrawnOn }: CountedVisit, asOf: LegalDay): boolean =>
  recordedOn <= asOf && (withdrawnOn === null || asOf < withdrawnOn);

/** A problem, as far as figures need it. */
export interface CountedFinding {
  readonly unit: string;
  readonly changes: readonly FindingChange[];
}

/** A unit's part of a campaign. */
export interface UnitFigures {
  readonly unit: string | null;
  readonly visited: Rate;
  /** What the unit has to visit at least; null without a quota. */
  readonly quota: number | null;
  /** What is missing to the quota. */
  readonly missing: number;
  readonly problems: number;
  readonly solved: Rate;
}

export interface CampaignFigures {
  readonly asOf: LegalDay;
  readonly visits: number;
  readonly visited: Rate;
  readonly neverVisited: number;
  readonly visitedThisQuarter: Rate;
  readonly problems: number;
  readonly solved: Rate;
  readonly stages: readonly {
    readonly name: string;
    readonly until: LegalDay;
    readonly visited: Rate;
    readonly isLate: boolean;
  }[];
  readonly units: readonly UnitFigures[];
}

/** The stage in which an enterprise of a class is visited: the first that takes the class; null for none. */
export function stageOf(stages: readonly Stage[], serviceClass: ServiceClass): number | null {
  const at = stages.findIndex(({ classes }) => classes.length === 0 || classes.includes(serviceClass));
  return at < 0 ? null : at;
}

/**
 * The figures of a campaign as they were known on a day: what was recorded later does not count, what was withdrawn
 * later does. An enterprise that was visited twice is visited once.
 */
export function campaignFigures(
  {
    stages,
    targets,
    visits,
    findings,
    quotas,
  }: {
    readonly stages: readonly Stage[];
    readonly targets: readonly Target[];
    readonly visits: readonly CountedVisit[];
    readonly findings: readonly CountedFinding[];
    readonly quotas: ReadonlyMap<string, number>;
  },
  asOf: LegalDay,
): CampaignFigures {
  const counted = visits.filter((visit) => countsOn(visit, asOf));
  const visited = new Set(counted.map(({ uscc }) => uscc));
  const quarter = quarterOf(asOf);
  const lately = new Set(counted.filter(({ visitedOn }) => visitedOn >= quarter.from).map(({ uscc }) => uscc));
  const known = findings.flatMap(({ unit, changes }) => {
    const problem = problemOn(changes, asOf);
    return problem === null ? [] : [{ unit, ...problem }];
  });
  const share = (of: readonly Target[], among: ReadonlySet<string>): Rate => ({
    numerator: of.filter(({ uscc }) => among.has(uscc)).length,
    denominator: of.length,
  });
  const solvedOf = (of: typeof known): Rate => ({
    numerator: of.filter(({ isSolved }) => isSolved).length,
    denominator: of.length,
  });
  const all = share(targets, visited);
  const names = new Set([...targets.map(({ unit }) => unit), ...known.map(({ unit }) => unit), ...quotas.keys()]);
  return {
    asOf,
    visits: counted.length,
    visited: all,
    neverVisited: all.denominator - all.numerator,
    visitedThisQuarter: share(targets, lately),
    problems: known.length,
    solved: solvedOf(known),
    stages: stages.map(({ name, until }, at) => {
      const rate = share(
        targets.filter(({ stage }) => stage === at),
        visited,
      );
      return { name, until, visited: rate, isLate: until < asOf && rate.numerator < rate.denominator };
    }),
    units: [...names]
      .sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
      .map((unit) => {
        const its = share(
          targets.filter((target) => target.unit === unit),
          visited,
        );
        const problems = known.filter((finding) => finding.unit === unit);
        const quota = unit === null ? null : (quotas.get(unit) ?? null);
        return {
          unit,
          visited: its,
          quota,
          missing: Math.max(0, (quota ?? 0) - its.numerator),
          problems: problems.length,
          solved: solvedOf(problems),
        };
      }),
  };
}
