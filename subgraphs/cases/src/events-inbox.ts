import type { HeardEvents } from '@zhitong/kit/outbox';
import { z } from 'zod';
import { CATEGORIES } from './domain/taxonomy.js';
import { PROBLEM_ORIGINS, takeReportedProblem, type ProblemParts } from './usecases/reported-problem.js';

const REPORTED = 'cn.zhitong.problem.reported';

const text = z.string().min(1).max(5_000);
const problemSchema = z.object({
  problem: text,
  origin: z.enum(PROBLEM_ORIGINS),
  originId: text,
  uscc: text,
  category: z.enum(CATEGORIES),
  title: text,
  text,
  region: text,
  reportedBy: text,
  department: text,
});

/**
 * What the department does with the events in which the registry tells of a problem that an official came upon: it
 * becomes a case, once. An event of another type is taken and left alone.
 */
export const heardEvents =
  (parts: ProblemParts): HeardEvents['handle'] =>
  async ({ type, data }, { session }) => {
    if (type === REPORTED) await takeReportedProblem(parts, problemSchema.parse(data), session);
  };
