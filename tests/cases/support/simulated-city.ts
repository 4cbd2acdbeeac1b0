import { addDays, type LegalDay } from '@zhitong/values';
import { createHash } from 'node:crypto';
import type { CaseChange, CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';
import {
  accepted,
  aHistory,
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
/** Simulated in the suite; `ZHITONG_SIMULATED_CASES=20000 npm test -- two-years` does more of them. */
const SIMULATED = 800;

/** Whole numbers below a bound, the same for the same seed. */
function numbers(seed: string): (below: number) => number {
  let turn = 0;
  return (below) => {
    turn += 1;
    return createHash('sha256').update(`${seed}#${turn}`).digest().readUInt32BE() % below;
  };
}

const numberOf = (index: number): string => `SQ2024-${String(index + 1).padStart(6, '0')}`;

/** A case with a life of its own: returned, paused, answered late, rated, reopened, closed, withdrawn, left alone. */
function aLife(index: number): CaseEvent[] {
  const pick = numbers(`case ${index}`);
  let day: LegalDay = addDays(FIRST, pick(730));
  const received = day;
  const happened: Happening[] = [];
  const on = (latest: number, change: CaseChange): void => {
    day = addDays(day, pick(latest + 1));
    happened.push([day, change]);
  };
  const intake = {
    complainant: { ...anIntake().complainant, uscc: `914212000000000${String(index % 311).padStart(3, '0')}` },
  };
  const lead = (): string => DEPARTMENTS[pick(2)] ?? 'JXJ';
  if (pick(20) === 0) return aHistory(received, [], intake, numberOf(index));
  on(4, assigned({ lead: lead() }));
  if (pick(4) === 0) {
    on(12, returned);
    on(4, assigned({ lead: lead() }));
  }
  on(2, accepted);
  if (pick(10) === 0) {
    on(15, { type: 'WITHDRAWN', reason: '已自行解决' });
    return aHistory(received, happened, intake, numberOf(index));
  }
  if (pick(2) === 0) on(4, contacted);
  if (pick(3) === 0) {
    on(9, { type: 'PAUSED', question: '请补充合同' });
    if (pick(5) > 0) on(20, { type: 'SUPPLEMENTED', text: '合同已补充', attachments: [] });
  }
  for (let round = 0; round < 3; round += 1) {
    const isWaiting = happened.at(-1)?.[1].type === 'PAUSED';
    if (isWaiting || pick(8) === 0) break;
    on(14, resolvedWith());
    if (pick(2) === 0) on(6, rated(1 + pick(5), 1 + pick(5)));
    if (pick(3) > 0) {
      if (pick(2) === 0) on(10, { type: 'CLOSED', reason: '办结归档' });
      break;
    }
    on(60, { type: 'REOPENED', reason: '问题再次出现', answerDays: 15 });
  }
  return aHistory(received, happened, intake, numberOf(index));
}

/** The cases of the simulated city, with all that ever happens to them. */
export const simulatedCity = (): CaseEvent[][] =>
  Array.from({ length: Number(process.env['ZHITONG_SIMULATED_CASES'] ?? SIMULATED) }, (_none, index) => aLife(index));
