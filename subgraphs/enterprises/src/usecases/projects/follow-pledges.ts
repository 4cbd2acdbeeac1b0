import type { Clock, Logger } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { lastOf, nextLapse, type ApplicantBar, type ApplicantCredit } from '../../domain/projects/pledge-gate.js';
import type { ProjectChange } from '../../domain/projects/project-event.js';
import { lifeOf, type ApprovalState } from '../../domain/projects/project-life.js';
import type { CreditGate } from '../../graph/credit-gate.js';
import type { ProjectRecord } from '../../models/project.js';
import type { Stores } from '../../stores.js';

/** What following works with. */
export interface FollowingTools {
  readonly connection: Connection;
  readonly stores: Pick<Stores, 'applicantLooks' | 'projects' | 'projectEvents'>;
  readonly credit: CreditGate;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Projects of one enterprise at most. */
const MOST_PROJECTS = 200;
const EVERY_MS = 60_000;
const LEASE_MS = 5 * 60_000;

const isOnPledge = ({ decision }: ApprovalState): boolean => decision?.outcome === 'GRANTED_ON_PLEDGE';

/** What changes about a grant on a pledge by what the credit department says now; null for nothing. */
function changeOf(
  { approval, barred = null }: ApprovalState,
  { bars }: Pick<ApplicantCredit, 'bars'>,
): ProjectChange | null {
  if (bars.length === 0) return barred === null ? null : { type: 'PLEDGE_FREED', approval };
  const [kinds, until] = [[...new Set(bars.map(({ kind }) => kind))].sort(), lastOf(bars)];
  const isSame = barred !== null && barred.until === until && barred.kinds.join() === kinds.join();
  return isSame ? null : { type: 'PLEDGE_BARRED', approval, kinds, until };
}

/**
 * Looks again at the grants on a pledge of enterprises of whose credit something was told, or of what bars them
 * something has ended by itself, and writes into the history of a project that its applicant is barred from pledging
 * since, or is so no more.
 * @returns the enterprises that were looked at; one of which the credit department does not answer waits for the next
 * round, and keeps no other one from being looked at.
 */
export async function followPledges(tools: FollowingTools, isOver = () => false): Promise<string[]> {
  const { stores, logger, clock } = tools;
  const looked: string[] = [];
  for (const look of await stores.applicantLooks.due(dayInShanghai(clock.now()))) {
    if (isOver()) break;
    try {
      const bars: ApplicantBar[] = [];
      for (const project of await stores.projects.all({ uscc: look.uscc }, MOST_PROJECTS))
        bars.push(...(await followProject(project, tools)));
      await stores.applicantLooks.done(look, nextLapse(bars));
      looked.push(look.uscc);
    } catch (error) {
      logger.warn({ err: error, uscc: look.uscc }, 'the grants on a pledge of an enterprise could not be looked at');
    }
  }
  return looked;
}

/** @returns what bars the applicant of a grant on a pledge of this project */
async function followProject(
  { id, uscc }: ProjectRecord,
  { connection, stores, credit, outbox, clock }: FollowingTools,
): Promise<ApplicantBar[]> {
  const approvals = lifeOf((await stores.projectEvents.ofMany([id])).get(id) ?? []).approvals.filter(isOnPledge);
  const said = new Map<string, ApplicantCredit>();
  for (const department of new Set(approvals.map(({ owner }) => owner)))
    said.set(department, await credit.approval({ uscc, department, pledge: null }));
  if (said.size === 0) return [];
  // Whoever wrote at the same time took the number: the round fails for this one, and the next looks again.
  await inTransaction(connection, async (session) => {
    const life = lifeOf(await stores.projectEvents.of(id, session));
    let seq = life.version;
    for (const approval of life.approvals.filter(isOnPledge)) {
      const told = said.get(approval.owner);
      const change = told === undefined ? null : changeOf(approval, told);
      if (change === null) continue;
      seq += 1;
      const event = { project: id, seq, at: clock.now().toISOString(), by: 'system', department: null, change };
      await stores.projectEvents.append(event, session);
      const type = `cn.zhitong.project.${change.type.toLowerCase().replaceAll('_', '-')}`;
      await outbox.append([{ type, subject: id, data: { project: id, uscc, version: seq } }], { session });
    }
  });
  return [...said.values()].flatMap(({ bars }) => bars);
}

/**
 * Has every applicant looked at again that was ever barred after a grant on a pledge. An earlier release forgot whom it
 * had looked at, so that what has ended by itself since would stand in no history and be told to nobody.
 */
export async function lookAtBarred({
  applicantLooks,
  projects,
  projectEvents,
}: FollowingTools['stores']): Promise<void> {
  const barred = await projects.byId(await projectEvents.everBarred());
  await applicantLooks.noteMissing([...new Set(barred.map(({ uscc }) => uscc))]);
}

/** The job that follows the credit of those to whom something was granted on a pledge. */
export const followingJob = (tools: FollowingTools): Job => ({
  name: 'follow-pledges',
  everyMs: EVERY_MS,
  leaseMs: LEASE_MS,
  work: async ({ isOver }) => {
    await followPledges(tools, isOver);
  },
});
