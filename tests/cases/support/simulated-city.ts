import { addDays, type LegalDay } from '@zhitong/values';
import { createHash } from 'node:crypto';
import type { CaseChange, CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';
import {
  accepted,
  aHistory,
  anAssignment,
  anAuthor,
  anIntake,
  assigned,
  contacted,
  rated,
  resolvedWith,
  returned,
  type Happening,
} from './a-case.js';

/** The two years of the simulation. */
export const FIRST = '2024-07-01';
export const LAST = '2026-06-30';
export const DEPARTMENTS = ['JXJ', 'RSJ'];
/** Simulated in the suite; `ZHITONG_SIMULATED_CASES=20000 npm run test:long -- two-years` does more of them. */
const SIMULATED = 600;

/** Whole numbers below a bound, the same for the same seed. */
function numbers(seed: string): (below: number) => number {
  let turn = 0;
  return (below) => {
    turn += 1;
    return createHash('sha256').update(`${seed}#${turn}`).digest().readUInt32BE() % below;
  };
}

const numberOf = (index: number): string => `SQ2024-${String(index + 1).padStart(6, '0')}`;

/** Categories of the simulation. */
export const CATEGORIES = ['FINANCE', 'ARREARS', 'LABOUR'] as const;
/** What is said of a move in the simulation. */
const reason = '模拟';

/**
 * A case with a life of its own: returned, ruled on, given to another department, put into another category or lane,
 * corrected, noted, merged and taken apart again, split, declined, extended or not, paused, answered late, rated by the
 * desk and by the enterprise itself, checked, reopened, closed, the closing undone, withdrawn, left alone. With it the
 * case that was split off.
 */
function aLife(index: number): CaseEvent[][] {
  const pick = numbers(`case ${index}`);
  let day: LegalDay = addDays(FIRST, pick(730));
  const received = day;
  const happened: Happening[] = [];
  const on = (latest: number, change: CaseChange): void => {
    day = addDays(day, pick(latest + 1));
    happened.push([day, change]);
  };
  const isOne = (of: number): boolean => pick(of) === 0;
  const children: CaseEvent[][] = [];
  const lived = (): CaseEvent[][] => [aHistory(received, happened, intake, numberOf(index)).map(gradedBy), ...children];
  const intake = {
    category: CATEGORIES[pick(3)] ?? 'FINANCE',
    complainant: { ...anIntake().complainant, uscc: `914212000000000${String(index % 311).padStart(3, '0')}` },
  };
  const lead = (): string => DEPARTMENTS[pick(2)] ?? 'JXJ';
  if (isOne(20)) return lived();
  if (isOne(12)) on(1, { type: 'CORRECTED', correction: { region: '421221' }, reason });
  if (isOne(15)) {
    on(3, { type: 'DECLINED', competent: '武汉海关', reason });
    if (isOne(2)) return lived();
    on(20, { type: 'REOPENED', reason, answerDays: 1 });
  }
  on(4, assigned({ lead: lead() }));
  for (let returns = 0; returns < 3 && isOne(4); returns += 1) {
    on(12, returned);
    on(4, returns < 2 ? assigned({ lead: lead() }) : { type: 'RULED', assignment: anAssignment({ lead: lead() }) });
  }
  on(2, accepted);
  if (isOne(10)) {
    on(15, { type: 'WITHDRAWN', reason: '已自行解决' });
    return lived();
  }
  if (isOne(8)) on(9, { type: 'TRANSFERRED', assignment: anAssignment({ lead: lead(), reason }) });
  if (isOne(8)) on(9, { type: 'RECATEGORISED', category: CATEGORIES[pick(3)] ?? 'FINANCE', reason });
  if (isOne(10)) {
    const from = day;
    const isAnew = isOne(2);
    on(2, { type: 'LANE_CHANGED', lane: 'URGENT', clock: { answerDays: 2, isAnew }, reason });
    if (isOne(2))
      on(1, {
        type: 'LANE_CHANGED',
        lane: 'JOINT',
        clock: { answerDays: 15, isAnew: false, ...(isAnew ? { countedFrom: from } : {}) },
        reason,
      });
  }
  if (isOne(6)) on(3, { type: 'NOTED', note: '已核对' });
  if (isOne(10)) {
    const [into, title, text] = [`SQ2025-${String(index + 1).padStart(6, '0')}`, '另一件事', '另一件事，请协调。'];
    on(4, { type: 'SPLIT', into, reason });
    const part = { ...intake, splitFrom: numberOf(index), title, text };
    const then: Happening[] = [[addDays(day, pick(4)), assigned({ lead: lead() })]];
    if (isOne(2)) then.push([addDays(then[0]?.[0] ?? day, pick(14)), resolvedWith()]);
    children.push(aHistory(day, then, part, into));
  }
  if (isOne(6)) {
    on(12, { type: 'MERGED', into: 'SQ2024-900000', reason });
    if (isOne(3)) return lived();
    on(20, { type: 'MERGE_UNDONE', reason });
  }
  if (isOne(5)) on(3, { type: 'ESCALATED', level: 'JOINT_MEETING', reason });
  if (isOne(4)) {
    const clock = isOne(3) ? 'FIRST_CONTACT#2' : 'ANSWER#2';
    on(3, { type: 'OVERDUE_ESCALATED', clock, dueOn: day });
  }
  if (isOne(2)) on(4, contacted);
  if (isOne(6) && !happened.some(([, { type }]) => type === 'MERGED')) {
    on(6, { type: 'EXTENSION_REQUESTED', workingDays: 5, reason });
    if (!isOne(4)) on(6, { type: 'EXTENSION_RULED', granted: isOne(2), workingDays: 5, reason });
  }
  if (isOne(3)) {
    on(9, { type: 'PAUSED', question: '请补充合同' });
    if (!isOne(5)) on(20, { type: 'SUPPLEMENTED', text: '合同已补充', attachments: [] });
  }
  for (let round = 0; round < 3; round += 1) {
    const isWaiting = happened.at(-1)?.[1].type === 'PAUSED';
    if (isWaiting || isOne(8)) break;
    on(14, resolvedWith());
    if (isOne(3)) on(3, { type: 'RATED', process: 1 + pick(5), result: 1 + pick(5), reason: CALLED_BACK });
    if (isOne(2)) on(6, rated(1 + pick(5), 1 + pick(5)));
    if (isOne(8)) on(9, { type: 'RECATEGORISED', category: CATEGORIES[pick(3)] ?? 'FINANCE', reason });
    if (isOne(6)) {
      on(20, { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId: null });
      const outcome = isOne(2) ? 'CONFIRMED' : 'NOT_RESOLVED';
      on(20, { type: 'CHECK_FOUND', outcome, finding: '已回访', answerDays: 15 });
      if (outcome === 'NOT_RESOLVED') continue;
    }
    if (!isOne(3)) {
      if (isOne(2)) {
        on(10, { type: 'CLOSED', reason: '办结归档' });
        if (isOne(4)) {
          on(40, { type: 'CLOSE_UNDONE', reason });
          if (isOne(2)) on(20, { type: 'CLOSED', reason: '办结归档' });
        }
      }
      break;
    }
    on(60, { type: 'REOPENED', reason: '问题再次出现', answerDays: 15 });
  }
  return lived();
}

/** Grades that are taken down after a call-back are not the enterprise's own. */
const CALLED_BACK = '回访评价';
const gradedBy = (event: CaseEvent): CaseEvent =>
  event.change.type === 'RATED' && event.change.reason === CALLED_BACK
    ? { ...event, by: anAuthor('COORDINATOR') }
    : event;

/** The cases of the simulated city, with all that ever happens to them. */
export const simulatedCity = (): CaseEvent[][] =>
  Array.from({ length: Number(process.env['ZHITONG_SIMULATED_CASES'] ?? SIMULATED) }, (_none, index) =>
    aLife(index),
  ).flat();
