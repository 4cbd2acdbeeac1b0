import { normalText, type LegalDay } from '@zhitong/values';
import type { Handling } from './finding.js';
import { said, type Said } from '../refusal-words.js';

/** How an enterprise is visited: by leaders (领导上门), by its service officer, by a survey group, by a department. */
export const VISIT_KINDS = ['LEADER_VISIT', 'STEWARD_VISIT', 'SURVEY', 'DEPARTMENT_VISIT'] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];

/** A visit is planned, took place, was called off, or turned out not to have taken place. */
export const VISIT_STATES = ['PLANNED', 'HELD', 'CANCELLED', 'WITHDRAWN'] as const;
export type VisitState = (typeof VISIT_STATES)[number];

export interface VisitFault extends Said {
  readonly path: readonly string[];
}

/** A problem as somebody writes it down. */
export interface StatedFinding {
  readonly title: string;
  readonly text: string;
  readonly handling: Handling;
  /** Of the service that is promised; null for other handlings. */
  readonly dueOn: LegalDay | null;
  /** What was done, or what will be. */
  readonly service: string | null;
}

const MOST_OFFICIALS = 20;
const MOST_FINDINGS = 20;
const LIMITS = { title: [5, 100], text: [5, 5_000], service: [2, 500], met: [1, 100], summary: [2, 2_000] } as const;

/** What is wrong with a text: too short, too long. */
export function visitTextFaults(text: string, kind: keyof typeof LIMITS, path: readonly string[]): VisitFault[] {
  const [least, most] = LIMITS[kind];
  const length = [...normalText(text)].length;
  return length >= least && length <= most ? [] : [{ path, ...said('TEXT_LENGTH', { length, least, most }) }];
}

/** What is wrong with the list of those who visit. */
export function officialFaults(officials: readonly string[]): VisitFault[] {
  if (officials.length === 0 || officials.length > MOST_OFFICIALS)
    return [
      { path: ['officials'], ...said('OFFICIALS_COUNT', { officialsCount: officials.length, most: MOST_OFFICIALS }) },
    ];
  return new Set(officials).size === officials.length ? [] : [{ path: ['officials'], ...said('OFFICIAL_NAMED_TWICE') }];
}

/** What is wrong with findings by themselves. */
export function findingFaults(findings: readonly StatedFinding[]): VisitFault[] {
  if (findings.length > MOST_FINDINGS)
    return [
      { path: ['findings'], ...said('TOO_MANY_FINDINGS', { findingsCount: findings.length, most: MOST_FINDINGS }) },
    ];
  return findings.flatMap(({ title, text, handling, dueOn, service }, at) => {
    const path = (name: string): string[] => ['findings', String(at), name];
    return [
      ...visitTextFaults(title, 'title', path('title')),
      ...visitTextFaults(text, 'text', path('text')),
      ...(handling === 'CASE'
        ? []
        : service === null
          ? [{ path: path('service'), ...said('NO_SERVICE_STATED') }]
          : visitTextFaults(service, 'service', path('service'))),
      ...(handling === 'SERVICE_LIST' && dueOn === null ? [{ path: path('dueOn'), ...said('NO_SERVICE_DAY') }] : []),
      ...(handling !== 'SERVICE_LIST' && dueOn !== null
        ? [{ path: path('dueOn'), ...said('DAY_NOT_EXPECTED', { handling }) }]
        : []),
    ];
  });
}

/** Days within which a campaign is run. */
export interface CampaignDays {
  readonly from: LegalDay;
  readonly until: LegalDay;
}

/** What is wrong with the days of a visit: not yet come, outside its campaign, a service promised for the past. */
export function dayFaults(
  { visitedOn, findings }: { readonly visitedOn: LegalDay; readonly findings: readonly StatedFinding[] },
  { today, campaign }: { readonly today: LegalDay; readonly campaign: CampaignDays | null },
): VisitFault[] {
  return [
    ...(visitedOn > today ? [{ path: ['visitedOn'], ...said('VISIT_IN_FUTURE', { visitedOn, today }) }] : []),
    ...(campaign !== null && (visitedOn < campaign.from || visitedOn > campaign.until)
      ? [
          {
            path: ['visitedOn'],
            ...said('VISIT_OUTSIDE_CAMPAIGN', { visitedOn, from: campaign.from, until: campaign.until }),
          },
        ]
      : []),
    ...findings.flatMap(({ dueOn }, at) =>
      dueOn !== null && dueOn < today
        ? [{ path: ['findings', String(at), 'dueOn'], ...said('SERVICE_DAY_PASSED', { dueOn, today }) }]
        : [],
    ),
  ];
}
