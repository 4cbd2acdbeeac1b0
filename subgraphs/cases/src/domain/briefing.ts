import type { LegalDay } from '@zhitong/values';
import type { Caller } from './access.js';
import { TEXT_LIMITS, textFaults } from './intake.js';
import type { InputFault } from './satisfaction.js';
import type { Category } from './taxonomy.js';
import { said } from './refusal-words.js';

/** Leaders to whom a briefing (专报) goes: party secretary and mayor. */
export const LEADERS = ['PARTY_SECRETARY', 'MAYOR'] as const;
export type Leader = (typeof LEADERS)[number];

/** A common issue that a briefing rests on, and how many open cases had its words on that day. */
export interface BriefedIssue {
  readonly category: Category;
  readonly keywords: readonly string[];
  readonly caseCount: number;
}

/** What a leader did with a briefing. */
export interface Acknowledgement {
  readonly leader: Leader;
  readonly acknowledgedOn: LegalDay;
  readonly instruction: string | null;
  readonly document: string | null;
  /** Account of who recorded it. */
  readonly recordedBy: string;
}

const MOST_CASES = 100;
const MOST_ISSUES = 20;
const MOST_KEYWORDS = 5;
const KEYWORD = { longest: 20, shortest: 1 } as const;

/** What is wrong with a briefing by itself. */
export function briefingFaults({
  addressees,
  title,
  text,
  cases,
  issues,
}: {
  readonly addressees: readonly Leader[];
  readonly title: string;
  readonly text: string;
  readonly cases: readonly string[];
  readonly issues: readonly { readonly keywords: readonly string[] }[];
}): InputFault[] {
  return [
    ...(addressees.length > 0 && new Set(addressees).size === addressees.length
      ? []
      : [{ path: ['addressees'], ...said('LEADER_NEEDED') }]),
    ...textFaults(title, ['title'], { longest: TEXT_LIMITS.title }),
    ...textFaults(text, ['text'], { longest: TEXT_LIMITS.text }),
    ...(cases.length > MOST_CASES
      ? [{ path: ['cases'], ...said('TOO_MANY_CASES', { most: MOST_CASES, length: cases.length }) }]
      : []),
    ...(issues.length > MOST_ISSUES
      ? [{ path: ['issues'], ...said('TOO_MANY_ISSUES', { most: MOST_ISSUES, length: issues.length }) }]
      : []),
    ...issues.flatMap(({ keywords }, index) => [
      ...(keywords.length > 0 && keywords.length <= MOST_KEYWORDS
        ? []
        : [{ path: ['issues', String(index), 'keywords'], ...said('KEYWORDS_OUTSIDE', { most: MOST_KEYWORDS }) }]),
      ...keywords.flatMap((word, at) => textFaults(word, ['issues', String(index), 'keywords', String(at)], KEYWORD)),
    ]),
  ];
}

/** Leaders to whom a briefing went and who have not acknowledged it yet. */
export const awaited = ({
  addressees,
  acknowledgements,
}: {
  readonly addressees: readonly Leader[];
  readonly acknowledgements: readonly Acknowledgement[];
}): Leader[] => addressees.filter((leader) => acknowledgements.every((each) => each.leader !== leader));

/** Nobody takes down what became of a briefing of his or her own. */
export const isOwnBriefing = ({ submittedBy }: { readonly submittedBy: string }, sub: string): boolean =>
  submittedBy === sub;

/** What a caller can do with a briefing: the coordinator's office takes down what a leader did with it. */
export const briefingMoves = (
  briefing: Parameters<typeof awaited>[0] & { readonly submittedBy: string },
  caller: (Caller & { readonly sub: string }) | null,
): 'ACKNOWLEDGE'[] =>
  caller?.roles.includes('COORDINATOR') === true && !isOwnBriefing(briefing, caller.sub) && awaited(briefing).length > 0
    ? ['ACKNOWLEDGE']
    : [];
