import {
  approvalItemMoves,
  decideApprovalEvent,
  type ApprovalEvent,
} from '../../../../subgraphs/credit/src/domain/audit/approval-ledger.js';

const DAY = '2026-11-20';
const by = 'account-1';
const submitted: ApprovalEvent = { kind: 'SUBMITTED', on: DAY, by, evidence: '许可证已发' };
const rejected: ApprovalEvent = { kind: 'REJECTED', on: DAY, by, remark: '缺附图' };
const confirmed: ApprovalEvent = { kind: 'CONFIRMED', on: DAY, by, remark: '' };
const item = (...events: ApprovalEvent[]) => ({ openedOn: '2026-11-02', deadline: '2026-11-30', events });

/** What happens to an item in turn, and what each side can do then. */
const STANDS = [
  { events: [], department: ['SUBMIT'], enterprise: [] },
  { events: [submitted], department: [], enterprise: ['ANSWER'] },
  { events: [submitted, rejected], department: ['SUBMIT'], enterprise: [] },
  { events: [submitted, rejected, submitted], department: [], enterprise: ['ANSWER'] },
  { events: [submitted, confirmed], department: [], enterprise: [] },
];

it.each(STANDS)('an item of the approval ledger names what each side can do: $events', (stand) => {
  const { events, department, enterprise } = stand;
  expect(approvalItemMoves(item(...events), 'DEPARTMENT')).toEqual(department);
  expect(approvalItemMoves(item(...events), 'ENTERPRISE')).toEqual(enterprise);
  expect(approvalItemMoves(item(...events), null)).toEqual([]);
  // What is named is not refused, and what is not named is.
  const taken = (event: ApprovalEvent) => decideApprovalEvent(item(...events), event, DAY).ok;
  expect(taken(submitted)).toBe(department.length > 0);
  expect([confirmed, rejected].map(taken)).toEqual([enterprise.length > 0, enterprise.length > 0]);
});
