import type {
  Assignment,
  Author,
  CaseChange,
  CaseEvent,
  Intake,
  Party,
} from '../../../subgraphs/cases/src/domain/case-event.js';
import type { CaseView } from '../../../subgraphs/cases/src/domain/case-view.js';
import { replay } from '../../../subgraphs/cases/src/domain/history.js';
import { serviceTermsOn } from '../../../subgraphs/cases/src/domain/service-terms.js';

const terms = serviceTermsOn('2026-01-01');

/** A valid demo USCC. */
export const USCC = '91110000600037341L';

export const anIntake = (part: Partial<Intake> = {}): Intake => ({
  kind: 'APPEAL',
  category: 'FINANCE',
  labels: [],
  channel: 'PORTAL',
  origin: 'LOCAL',
  title: '银行要求提前还贷',
  text: '我公司贷款到期前两个月，银行通知不再续贷，希望协调。',
  attachments: [],
  complainant: {
    uscc: USCC,
    name: null,
    homeRegion: null,
    anonymous: false,
    contactName: '张三丰',
    contactPhone: '13812345678',
  },
  region: '421202',
  industry: 'C',
  receivedBy: null,
  keywords: ['续贷', '银行', '贷款'],
  triageDays: terms.triageDays,
  ...part,
});

export const anAssignment = (part: Partial<Assignment> = {}): Assignment => ({
  lead: 'JRB',
  assisting: [],
  responsibilities: [],
  lane: 'ORDINARY',
  contactDays: terms.firstContactDays,
  answerDays: terms.answerDays.ORDINARY,
  reason: null,
  ...part,
});

export const anAuthor = (party: Party = 'SYSTEM', part: Partial<Author> = {}): Author => ({
  sub: `test-${party.toLowerCase()}`,
  party,
  department: null,
  uscc: null,
  ...part,
});

/** One change on a legal day (noon in Shanghai). */
export type Happening = readonly [day: string, change: CaseChange];

/** The history of a case received on `day` to which the given things happened. */
export function aHistory(
  day: string,
  happenings: readonly Happening[] = [],
  intake: Partial<Intake> = {},
  caseNumber = 'SQ2026-000001',
): CaseEvent[] {
  const all: Happening[] = [[day, { type: 'SUBMITTED', intake: anIntake(intake) }], ...happenings];
  return all.map(([on, change], index) => ({
    caseNumber,
    seq: index + 1,
    at: `${on}T04:00:00.000Z`,
    by: anAuthor(change.type === 'RATED' ? 'ENTERPRISE' : 'SYSTEM'),
    change,
  }));
}

export const aCase = (
  day: string,
  happenings: readonly Happening[] = [],
  intake: Partial<Intake> = {},
  caseNumber?: string,
): CaseView => replay(aHistory(day, happenings, intake, caseNumber));

export const assigned = (part: Partial<Assignment> = {}): CaseChange => ({
  type: 'ASSIGNED',
  assignment: anAssignment(part),
});
export const accepted: CaseChange = { type: 'ACCEPTED' };
export const returned: CaseChange = { type: 'RETURNED', reason: '不属于本单位职责', triageDays: 1 };
export const contacted: CaseChange = { type: 'CONTACTED', note: '已电话联系企业' };
export const resolvedWith = (answer = '已协调银行办理无还本续贷'): CaseChange => ({ type: 'RESOLVED', answer });
export const rated = (process: number, result: number): CaseChange => ({
  type: 'RATED',
  process,
  result,
  reason: '测试评价',
});
