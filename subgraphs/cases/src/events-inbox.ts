import type { HeardEvents } from '@zhitong/kit/outbox';
import { z } from 'zod';
import { asStored } from './domain/intake.js';
import { CATEGORIES, CHANNELS, KINDS } from './domain/taxonomy.js';
import { PROBLEM_ORIGINS, takeReportedProblem, type ProblemParts } from './usecases/reported-problem.js';

const REPORTED = 'cn.zhitong.problem.reported';

const text = z.string().min(1).max(5_000).transform(asStored);
const problemSchema = z.object({
  problem: text,
  origin: z.enum(PROBLEM_ORIGINS),
  originId: text,
  uscc: text,
  kind: z.enum(KINDS),
  category: z.enum(CATEGORIES),
  channel: z.enum(CHANNELS),
  title: text,
  text,
  region: z.string().regex(/^\d{6}$/),
  industry: z
    .string()
    .regex(/^[A-T]$/)
    .nullable(),
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
