import type { NewEvent } from '@zhitong/kit/outbox';
import type { ClientSession } from 'mongoose';
import type { FindingRecord } from '../../models/visits/finding.js';
import type { VisitRecord } from '../../models/visits/visit.js';
import type { Stores } from '../../stores.js';

/** The channel of cases through which a finding of each kind of visit comes in. */
const CHANNELS: Readonly<Record<VisitRecord['kind'], string>> = {
  LEADER_VISIT: 'LEADER_VISIT',
  STEWARD_VISIT: 'PROJECT_STEWARD',
  SURVEY: 'SURVEY',
  DEPARTMENT_VISIT: 'DEPARTMENT_VISIT',
};

/**
 * The event with which a finding goes to the cases department: all that a case needs. No account and no official is in
 * it; the desk that takes the case in is the department that visited.
 */
export async function raisedEvent(
  { id, visitId, uscc, title, text, kind, category, departmentCode }: FindingRecord,
  { kind: visitKind, visitedOn }: VisitRecord,
  { enterprises, departments }: Pick<Stores, 'enterprises' | 'departments'>,
  session: ClientSession,
): Promise<NewEvent> {
  const enterprise = await enterprises.current(uscc, [], session);
  const [department] = await departments.byCode([departmentCode]);
  return {
    type: 'cn.zhitong.problem.reported',
    subject: id,
    data: {
      problem: id,
      origin: 'VISIT_FINDING',
      originId: visitId,
      uscc,
      title,
      text,
      kind,
      category,
      department: departmentCode,
      channel: CHANNELS[visitKind],
      visitedOn,
      region: enterprise?.region?.code ?? department?.region.code ?? null,
      industry: enterprise?.industry?.code.charAt(0) ?? null,
    },
  };
}
