import type { HeardEvents } from '@zhitong/kit/outbox';
import { checkUscc, dayInShanghai } from '@zhitong/values';
import { z } from 'zod';
import type { Stores } from './stores.js';
import { noteCaseStep, noteCaseTaken } from './usecases/reported-problems.js';
import { followCase, noteTaken } from './usecases/visits/followed-findings.js';

const TAKEN = 'cn.zhitong.problem.taken';
const CASE = 'cn.zhitong.case.';
/** Of the credit department: what may bar an enterprise from pledging, or no more. */
const CREDIT = ['cn.zhitong.credit.', 'cn.zhitong.pledge.'];

const text = z.string().min(1).max(100);
const takenSchema = z.object({ problem: text, caseNumber: text, status: text });
const creditSchema = z.object({ uscc: text });
const caseSchema = z.object({ caseNumber: text, version: z.number().int(), status: text });

/**
 * What the department does with other departments' events. Of cases: a problem that it reported gets the number of its
 * case, and follows that case's status. Of credit: what was granted on a pledge to the enterprise is looked at again.
 * An event of another type is taken and left alone.
 */
export const heardEvents =
  (stores: Pick<Stores, 'problems' | 'findings' | 'applicantLooks'>): HeardEvents['handle'] =>
  async ({ type, data, time }, { session }) => {
    const at = new Date(time);
    const on = dayInShanghai(at);
    if (type === TAKEN) {
      const { problem, caseNumber, status } = takenSchema.parse(data);
      await noteTaken(stores, { finding: problem, caseNumber, on }, session);
      await noteCaseTaken(stores, { problem, caseNumber, step: { at, version: 1, status } }, session);
    } else if (type.startsWith(CASE)) {
      const known = caseSchema.safeParse(data);
      if (!known.success) return;
      const { caseNumber, version, status } = known.data;
      await followCase(stores, { caseNumber, status, on }, session);
      await noteCaseStep(stores, { caseNumber, step: { at, version, status } }, session);
    } else if (CREDIT.some((beginning) => type.startsWith(beginning))) {
      const told = creditSchema.safeParse(data);
      const check = checkUscc(told.data?.uscc ?? '', { irregular: 'accept' });
      if (check.ok) await stores.applicantLooks.note(check.uscc, session);
    }
  };
