import { isBlocking } from '../domain/judgement.js';
import { markdownReport, textReport } from '../domain/report.js';
import type { Resolvers } from '../generated/resolvers-types.js';
import { mutation } from './mutation.js';
import { query } from './query.js';

/** All resolvers of the registry's graph. */
export const resolvers: Resolvers = {
  Query: query,
  Mutation: mutation,
  CurrentGraph: { departments: ({ parts }) => [...parts] },
  JudgedChange: { isBlocking: (change) => isBlocking(change) },
  CheckReport: { text: (report) => textReport(report), markdown: (report) => markdownReport(report) },
  SchemaDraft: { name: ({ _id }) => _id },
};
