import type { LegalDay } from '@zhitong/values';
import type { Caller } from './access.js';
import { textFaults, TEXT_LIMITS } from './intake.js';
import type { InputFault } from './satisfaction.js';
import { said } from './refusal-words.js';

/** How a unit is checked: announced to it (明查), or as anybody who comes for a service (暗访). */
export const CHECK_MANNERS = ['OPEN', 'UNDERCOVER'] as const;
export type CheckManner = (typeof CHECK_MANNERS)[number];

/** What is looked at, each once. */
export const CHECK_ASPECTS = [
  'ATTENDANCE',
  'ATTITUDE',
  'GUIDANCE',
  'PROCEDURE',
  'TIME_LIMIT',
  'CHARGES',
  'INTEGRITY',
  'FACILITIES',
] as const;
export type CheckAspect = (typeof CHECK_ASPECTS)[number];

/** One line of the form: an aspect that was in order, or what was found. */
export interface CheckItem {
  readonly aspect: CheckAspect;
  readonly isInOrder: boolean;
  /** What was found; null only where it was in order. */
  readonly finding: string | null;
}

export type UndercoverStatus = 'NOTHING_FOUND' | 'TO_RECTIFY' | 'REPORTED' | 'RECTIFIED';

export const UNDERCOVER_CHECK_MOVES = ['REPORT', 'CONCLUDE'] as const;
export type UndercoverCheckMove = (typeof UNDERCOVER_CHECK_MOVES)[number];

/** Where a check stands when a move can be made. */
export const MOVED_FROM: Readonly<Record<UndercoverCheckMove, UndercoverStatus>> = {
  REPORT: 'TO_RECTIFY',
  CONCLUDE: 'REPORTED',
};

/** What a caller can do with a check: the unit reports on its own, the coordinator judges. */
export function undercoverCheckMoves(
  { status, department }: { readonly status: UndercoverStatus; readonly department: string },
  caller: Caller | null,
): UndercoverCheckMove[] {
  const may: Readonly<Record<UndercoverCheckMove, boolean>> = {
    REPORT: caller?.roles.includes('OFFICER') === true && caller.department === department,
    CONCLUDE: caller?.roles.includes('COORDINATOR') === true,
  };
  return UNDERCOVER_CHECK_MOVES.filter((move) => may[move] && MOVED_FROM[move] === status);
}

const MOST_CHECKERS = 20;
const NAME = { longest: TEXT_LIMITS.name, shortest: 2 } as const;
const NOTE = { longest: TEXT_LIMITS.note, shortest: 2 } as const;

/**
 * The day by which something was to be put right and that has passed without a report, as long as nobody has noticed
 * it; null otherwise. A report in time, or late, ends the clock: what follows is the coordinator's judgement, for which
 * no programme sets a term.
 */
export function unnoticedOverrun(
  {
    status,
    rectifyBy,
    overruns = [],
  }: {
    readonly status: UndercoverStatus;
    readonly rectifyBy: LegalDay | null;
    readonly overruns?: readonly { readonly dueOn: LegalDay }[];
  },
  today: LegalDay,
): LegalDay | null {
  const isPassed = status === 'TO_RECTIFY' && rectifyBy !== null && rectifyBy < today;
  return isPassed && !overruns.some(({ dueOn }) => dueOn === rectifyBy) ? rectifyBy : null;
}

/** Whether something has to be rectified. */
export const hasFindings = (items: readonly CheckItem[]): boolean => items.some(({ isInOrder }) => !isInOrder);

/** What is wrong with a form by itself, whatever day it is. */
export function checkFaults({
  place,
  checkers,
  items,
  hasLastDay,
}: {
  readonly place: string;
  readonly checkers: readonly string[];
  readonly items: readonly CheckItem[];
  readonly hasLastDay: boolean;
}): InputFault[] {
  return [
    ...textFaults(place, ['place'], NAME),
    ...(checkers.length === 0 || checkers.length > MOST_CHECKERS
      ? [{ path: ['checkers'], ...said('CHECKERS_OUTSIDE', { most: MOST_CHECKERS, length: checkers.length }) }]
      : []),
    ...checkers.flatMap((name, index) => textFaults(name, ['checkers', String(index)], NAME)),
    ...(items.length === 0 ? [{ path: ['items'], ...said('ASPECT_NEEDED') }] : []),
    ...items.flatMap(({ aspect, isInOrder, finding }, index) => [
      ...(items.findIndex((item) => item.aspect === aspect) === index
        ? []
        : [{ path: ['items', String(index), 'aspect'], ...said('ASPECT_TWICE', { aspect }) }]),
      ...(finding === null ? [] : textFaults(finding, ['items', String(index), 'finding'], NOTE)),
      ...(isInOrder || finding !== null
        ? []
        : [{ path: ['items', String(index), 'finding'], ...said('FINDING_NEEDED') }]),
    ]),
    ...(hasFindings(items) === hasLastDay
      ? []
      : [
          {
            path: ['rectifyBy'],
            ...said(hasLastDay ? 'NOTHING_TO_RECTIFY' : 'RECTIFIED_BY_A_DAY'),
          },
        ]),
  ];
}
