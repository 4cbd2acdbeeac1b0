import type { Clock } from '@zhitong/kit';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import type { Intake } from '../domain/case-event.js';
import { serviceTermsOn } from '../domain/service-terms.js';
import type { CaseKind, Category, Channel } from '../domain/taxonomy.js';
import type { KeywordExtractor } from '../memory/keywords.js';
import type { Stores } from '../stores.js';
import type { CaseCommands } from './case-commands.js';

/** Where an official came upon a problem: at a visit, or at an investment project that it blocks. */
export const PROBLEM_ORIGINS = ['VISIT_FINDING', 'PROJECT_BLOCKING_POINT'] as const;

/** A problem of an enterprise, as the registry sends it: with the department that came upon it, and no account. */
export interface ReportedProblem {
  /** Its number with the registry, one for each problem. */
  readonly problem: string;
  readonly origin: (typeof PROBLEM_ORIGINS)[number];
  /** The visit or the project. */
  readonly originId: string;
  readonly uscc: string;
  readonly kind: CaseKind;
  readonly category: Category;
  readonly channel: Channel;
  readonly title: string;
  readonly text: string;
  /** District, six digits of GB/T 2260. */
  readonly region: string;
  /** Section letter of GB/T 4754, when known. */
  readonly industry: string | null;
  /** Department of who reported it, whose desk the case comes from. */
  readonly department: string;
}

/** What taking a problem needs. */
export interface ProblemParts {
  readonly stores: Pick<Stores, 'externalNumbers'>;
  readonly commands: Pick<CaseCommands, 'submitWithin'>;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly keywords: KeywordExtractor;
  readonly clock: Clock;
}

/** Whom the history names, and what the registry's numbers begin with. */
const REGISTRY = 'enterprises';

/**
 * Makes a case of a problem and tells the registry its number (`cn.zhitong.problem.taken`); a problem of which there is
 * a case already stays as it is. What the case goes through then is told by its own events.
 */
export async function takeReportedProblem(
  { stores, commands, outbox, keywords, clock }: ProblemParts,
  {
    problem,
    origin,
    originId,
    uscc,
    kind,
    category,
    channel,
    title,
    text,
    region,
    industry,
    department,
  }: ReportedProblem,
  session: ClientSession,
): Promise<void> {
  const externalNumber = `${REGISTRY}:${problem}`;
  if ((await stores.externalNumbers.casesOf([externalNumber], session)).size > 0) return;
  const intake: Intake = {
    kind,
    category,
    labels: [],
    channel,
    origin: 'LOCAL',
    title,
    text,
    attachments: [],
    complainant: { uscc, name: null, homeRegion: null, anonymous: false, contactName: null, contactPhone: null },
    region,
    industry,
    receivedBy: department,
    keywords: keywords(title, text),
    words: keywords.words(`${title}\n${text}`),
    triageDays: serviceTermsOn(dayInShanghai(clock.now())).triageDays,
    ...(origin === 'PROJECT_BLOCKING_POINT' ? { project: originId } : {}),
  };
  const by = { sub: REGISTRY, party: 'DESK', department, uscc: null } as const;
  const caseNumber = await commands.submitWithin(by, intake, { session });
  await stores.externalNumbers.add([{ externalNumber, caseNumber, source: REGISTRY }], session);
  await outbox.append(
    [{ type: 'cn.zhitong.problem.taken', subject: caseNumber, data: { problem, caseNumber, status: 'RECEIVED' } }],
    { session },
  );
}
