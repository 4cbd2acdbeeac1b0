import type { WorkingCalendar } from '@zhitong/values';
import { lifeOf } from '../../domain/projects/project-life.js';
import { takesChanges } from '../../domain/projects/project-moves.js';
import { standingOf, type StandingApproval } from '../../domain/projects/standing.js';
import type { ProjectRecord } from '../../models/project.js';
import type { Stores } from '../../stores.js';

/** A department that has more to decide reads the first ones. */
const MOST_TO_DECIDE = 200;

/** An approval that a department has to decide, and its project, which still takes changes (`isOpen`). */
export interface ApprovalToDecideView {
  readonly project: ProjectRecord;
  readonly approval: StandingApproval & { readonly isOpen: boolean };
}

/** Where a last moment that is not known stands: behind those that are. */
const momentOf = ({ approval: { dueAt } }: ApprovalToDecideView): number => dueAt?.getTime() ?? Infinity;

/** What a department has to decide, the earliest last moment first. */
export async function approvalsToDecide(
  department: string,
  { now, calendar }: { readonly now: Date; readonly calendar: WorkingCalendar },
  { projects, projectEvents }: Pick<Stores, 'projects' | 'projectEvents'>,
): Promise<ApprovalToDecideView[]> {
  const ids = await projectEvents.askedOf(department);
  const [records, histories] = await Promise.all([projects.byId(ids), projectEvents.ofMany(ids)]);
  return records
    .flatMap((project): ApprovalToDecideView[] => {
      const life = lifeOf(histories.get(project.id) ?? []);
      if (!takesChanges(project, life)) return [];
      return standingOf(life, { signedOn: project.signedOn, now, calendar, stepsOf: () => [] })
        .approvals.filter(({ owner, decision }) => owner === department && decision === null)
        .map((approval) => ({ project, approval: { ...approval, isOpen: true } }));
    })
    .toSorted((a, b) => momentOf(a) - momentOf(b) || a.project.id.localeCompare(b.project.id))
    .slice(0, MOST_TO_DECIDE);
}
