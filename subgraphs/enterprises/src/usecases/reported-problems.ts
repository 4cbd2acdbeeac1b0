import { randomUUID } from 'node:crypto';
import type { Outbox } from '@zhitong/kit/outbox';
import type { ClientSession } from 'mongoose';
import { withStep, type CaseStep } from '../domain/problems/reported-problem.js';
import type { ReportedProblemRecord } from '../models/reported-problem.js';
import type { Stores } from '../stores.js';

/** A problem to report. */
export type NewProblem = Omit<ReportedProblemRecord, 'id' | 'caseNumber' | 'steps'>;

/**
 * Keeps a problem that an official came upon and tells the cases department, which makes a case of it
 * (`cn.zhitong.problem.reported`); within the transaction of what it was found by. Returns its number.
 */
export async function reportProblem(
  { stores, outbox }: { readonly stores: Pick<Stores, 'problems'>; readonly outbox: Pick<Outbox, 'append'> },
  problem: NewProblem,
  session: ClientSession,
): Promise<string> {
  const id = randomUUID();
  const { origin, originId, uscc, category, title, text, region, department } = problem;
  await stores.problems.insert({ ...problem, id, caseNumber: null, steps: [] }, session);
  await outbox.append(
    [
      {
        type: 'cn.zhitong.problem.reported',
        subject: id,
        data: {
          problem: id,
          origin,
          originId,
          uscc,
          kind: 'APPEAL',
          category,
          channel: 'PROJECT_STEWARD',
          title,
          text,
          region,
          industry: null,
          department,
        },
      },
    ],
    { session },
  );
  return id;
}

/** Notes the number of the case that a problem became. A problem that this department did not send is left alone. */
export async function noteCaseTaken(
  { problems }: Pick<Stores, 'problems'>,
  { problem, caseNumber, step }: { readonly problem: string; readonly caseNumber: string; readonly step: CaseStep },
  session: ClientSession,
): Promise<void> {
  const found = await problems.byId(problem, session);
  if (found === null || found.caseNumber !== null) return;
  await problems.setCase(problem, { caseNumber, steps: withStep(found.steps, step) }, session);
}

/** Notes the status that a case came to which was made of a problem; other cases are left alone. */
export async function noteCaseStep(
  { problems }: Pick<Stores, 'problems'>,
  { caseNumber, step }: { readonly caseNumber: string; readonly step: CaseStep },
  session: ClientSession,
): Promise<void> {
  const found = await problems.byCase(caseNumber, session);
  if (found === null) return;
  const steps = withStep(found.steps, step);
  if (steps !== found.steps) await problems.setCase(found.id, { caseNumber, steps }, session);
}
