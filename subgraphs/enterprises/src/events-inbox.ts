import type { Clock } from '@zhitong/kit';
import type { HeardEvents } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import { z } from 'zod';
import type { Stores } from './stores.js';
import { followCase, noteTaken } from './usecases/visits/followed-findings.js';

const TAKEN = 'cn.zhitong.visit-finding.taken';
const OF_CASES = 'cn.zhitong.case.';

const takenSchema = z.object({ finding: z.string().min(1), caseNumber: z.string().min(1) });
const caseSchema = z.object({ caseNumber: z.string().min(1), status: z.string().min(1) });

/**
 * What the department does with the events of the cases department: a finding that became a case learns its number, and
 * follows the case to its end. An event of another type is taken and left alone.
 */
export const heardEvents =
  ({ findings }: Pick<Stores, 'findings'>, clock: Clock): HeardEvents['handle'] =>
  async ({ type, data }, { session }) => {
    const on = dayInShanghai(clock.now());
    if (type === TAKEN) await noteTaken({ findings }, { ...takenSchema.parse(data), on }, session);
    else if (type.startsWith(OF_CASES)) await followCase({ findings }, { ...caseSchema.parse(data), on }, session);
  };
