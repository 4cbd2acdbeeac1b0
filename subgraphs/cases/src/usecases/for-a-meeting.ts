import { levelOf, MOST_ON_AGENDA, type MeetingKind } from '../domain/meeting.js';
import type { CaseConditions } from '../models/case-conditions.js';
import type { CaseRecord } from '../models/stored-case.js';
import type { Stores } from '../stores.js';

type CasesToRead = Pick<Stores['cases'], 'list'>;

/** Cases by conditions, as many as an agenda has at most, those that were received first coming first. */
export const casesFor = async (cases: CasesToRead, conditions: CaseConditions): Promise<CaseRecord[]> =>
  cases.list(conditions, {
    sort: [
      { field: 'receivedAt', direction: 1 },
      { field: 'caseNumber', direction: 1 },
    ],
    limit: MOST_ON_AGENDA,
    position: undefined,
    backwards: false,
    fields: ['category', 'receivedAt'],
  });

/** The open cases that were brought to the level of meetings of a kind. */
export async function escalatedTo(cases: CasesToRead, kind: MeetingKind): Promise<string[]> {
  const level = levelOf(kind);
  if (level === null) return [];
  return (await casesFor(cases, { open: true, escalation: [level] })).map(({ caseNumber }) => caseNumber);
}
